using System.Text;
using System.Text.Json.Nodes;
using FeatureTransfer.Backbones.TensorFlowJs;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Tests.Backbones;

/// <summary>TensorFlow.js graph models of a few weights against results computed by hand, and damaged ones.</summary>
public class SmallGraphModelTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-graph-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    // Image (2, 2, 2) in TensorFlow's order: pixel (0,0) = 1, 2; (0,1) = 3, 4; (1,0) = 5, 6; (1,1) = 7, 8.
    private static readonly float[] _channelsFirst = [1, 3, 5, 7, 2, 4, 6, 8];

    [Test]
    public void Import_SameConvolutionWithBias_PadsOnTheRightAndBelow() => Assert.That(
        // Both kernels are 2 x 2 of ones, on the first channel and on the second.
        Run([Node("_FusedConv2D", "y", ["x", "k", "b"], Convolution("SAME", 1, "BiasAdd"))], [("k", [2, 2, 2, 2], [1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1]), ("b", [2], [100, 200])]),
        Is.EqualTo(new[] { 116f, 110, 112, 107, 220, 212, 214, 208 }));

    [Test]
    public void Import_ValidConvolutionWithRelu6_IsCutAtSix() => Assert.That(
        Run([Node("_FusedConv2D", "y", ["x", "k", "b"], Convolution("VALID", 1, "BiasAdd", "Relu6"))], [("k", [1, 1, 2, 1], [1, -0.5f]), ("b", [1], [3])]),
        Is.EqualTo(new[] { 3f, 4, 5, 6 }));

    [Test]
    public void Import_DepthwiseConvolutionWithStride_OrdersOutputsByInputThenMultiplier() => Assert.That(
        Run([Node("DepthwiseConv2dNative", "y", ["x", "k"], Convolution("SAME", 2))], [("k", [1, 1, 2, 2], [1, 10, 100, 1000])]),
        Is.EqualTo(new[] { 1f, 10, 200, 2000 }));

    [Test]
    public void Import_AddAndMul_StretchConstantsOverTheChannels() => Assert.That(
        Run([Node("Add", "sum", ["x", "c"]), Node("Mul", "y", ["two", "sum"])], [("c", [2], [10, 20]), ("two", [], [2])]),
        Is.EqualTo(new[] { 22f, 26, 30, 34, 44, 48, 52, 56 }));

    [Test]
    public void Import_MeanTimesImage_StretchesTheMean() => Assert.That(
        Run([Node("Mean", "m", ["x", "axes"], """ "keep_dims": {"b": true} """), Node("Mul", "y", ["m", "x"])], [("axes", [2], [1, 2])]),
        Is.EqualTo(new[] { 4f, 12, 20, 28, 10, 20, 30, 40 }));

    [Test]
    public void Import_ResizeBilinear_StartsAtTheCorner() => Assert.That(
        Run([Node("ResizeBilinear", "y", ["x", "size"])], [("size", [2], [2, 4])]),
        Is.EqualTo(new[] { 1f, 2, 3, 3, 5, 6, 7, 7, 2, 3, 4, 4, 6, 7, 8, 8 }));

    [Test]
    public void Import_ConcatSigmoidReluIdentity_AreExact()
    {
        var y = Run([Node("Sigmoid", "s", ["x"]), Node("Relu", "r", ["x"]), Node("ConcatV2", "c", ["r", "s", "axis"]), Node("Identity", "y", ["c:0"])], [("axis", [], [3])]);
        Assert.That(y[..8], Is.EqualTo(_channelsFirst));
        Assert.That(y[8..], Is.EqualTo(_channelsFirst.Select(value => 1 / (1 + MathF.Exp(-value)))).Within(1e-6));
    }

    [Test]
    public void Import_NodesThatTheOutputDoesNotNeed_AreLeftOut() => Assert.That(
        Run([Node("Relu", "y", ["x"]), Node("TopKV2", "best", ["y"])], []), Is.EqualTo(_channelsFirst));

    [TestCase("TopKV2", "", "'y' is a TopKV2")]
    [TestCase("ResizeBilinear", "", "Input 1 of node 'y' is no constant")]
    [TestCase("Mean", "", "drops them")]
    [TestCase("Conv2D", "", "padding")]
    [TestCase("Conv2D", """ "padding": {"s": "U0FNRQ=="}, "strides": {"list": {"i": ["1", "0", "1", "1"]}} """, "strides")]
    [TestCase("Conv2D", """ "padding": {"s": "?"} """, "padding|Base-64")]
    [TestCase("_FusedConv2D", """ "padding": {"s": "U0FNRQ=="}, "fused_ops": {"list": {"s": ["RWx1"]}} """, "Elu")]
    public void Import_NodeThatIsNotKnown_NamesFileAndNode(string kind, string attributes, string message) => Assert.That(
        () => Import([Node(kind, "y", ["x", "k"], attributes)], [("k", [1, 1, 2, 1], [1, 1])]),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("model.json").And.Message.Match(message));

    [TestCase("z", "'z' is read")]
    [TestCase("x:1", "'x:1' is read")]
    [TestCase("y", "'y' is read")]
    public void Import_TensorThatNothingComputes_NamesIt(string input, string message) => Assert.That(
        () => Import([Node("Relu", "y", [input])], []), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(message));

    [Test]
    public void Import_KernelThatDoesNotFit_SaysWhatDoes() => Assert.That(
        () => Import([Node("Conv2D", "y", ["x", "k"], Convolution("SAME", 1))], [("k", [1, 1, 3, 1], [1, 1, 1])]),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'y' has a kernel (1, 1, 3, 1) for 2 channels"));

    [Test]
    public void Import_ShardTooShort_NamesTheWeight()
    {
        Write([Node("Add", "y", ["x", "c"])], [("c", [2], [1, 2])]);
        File.WriteAllBytes(Path.Combine(_folder, "shard"), new byte[7]);
        Assert.That(Read, Throws.TypeOf<FeatureTransferException>().With.Message.Contains("end within 'c'"));
    }

    [TestCase("-1")]
    [TestCase("9223372036854775807, 4")]
    public void Import_WeightOfAnImpossibleSize_IsRefused(string shape)
    {
        Write([Node("Add", "y", ["x", "c"])], [("c", [2], [1, 2])]);
        Change(text => text.Replace("\"shape\":[2]", $"\"shape\":[{shape}]", StringComparison.Ordinal));
        Assert.That(Read, Throws.TypeOf<FeatureTransferException>().With.Message.Contains("model.json"));
    }

    [Test]
    public void Import_CutOrFlippedModel_IsRefusedPlainlyOrRead()
    {
        Write([Node("_FusedConv2D", "a", ["x", "k", "b"], Convolution("SAME", 1, "BiasAdd", "Relu")), Node("ResizeBilinear", "y", ["a", "size"])], [("k", [1, 1, 2, 1], [1, 1]), ("b", [1], [1]), ("size", [2], [4, 4])]);
        var whole = File.ReadAllBytes(Path.Combine(_folder, "model.json"));
        for (var place = 0; place < whole.Length; place++)
        {
            Damaged(whole[..place], place, mayBeRead: false);
            byte[] flipped = [.. whole];
            flipped[place] ^= (byte)(1 << (place % 7));
            Damaged(flipped, place, mayBeRead: true);
        }
    }

    private void Damaged(byte[] model, int place, bool mayBeRead)
    {
        File.WriteAllBytes(Path.Combine(_folder, "model.json"), model);
        try
        {
            Read();
            Assert.That(mayBeRead, $"cut at byte {place}");
        }
        catch (FeatureTransferException exception)
        {
            Assert.That(exception.Message, Does.Contain("model.json"), $"byte {place}");
        }
    }

    private static string Convolution(string padding, int stride, params string[] fused) =>
        $$""" "padding": {"s": "{{Base64(padding)}}"}, "data_format": {"s": "{{Base64("NHWC")}}"}, "strides": {"list": {"i": ["1", "{{stride}}", "{{stride}}", "1"]} }, "dilations": {"list": {"i": ["1", "1", "1", "1"]} }, "fused_ops": {"list": {"s": [{{string.Join(",", fused.Select(name => $"\"{Base64(name)}\""))}}]} } """;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Node(string kind, string name, string[] inputs, string attributes = "") =>
        $$"""{"name": "{{name}}", "op": "{{kind}}", "input": [{{string.Join(",", inputs.Select(input => $"\"{input}\""))}}], "attr": { {{attributes}} } }""";

    private void Write(string[] nodes, (string Name, int[] Shape, float[] Values)[] weights)
    {
        const string Input = """{"name": "x", "op": "Placeholder", "attr": {"shape": {"shape": {"dim": [{"size": "-1"}, {"size": "2"}, {"size": "2"}, {"size": "2"}]} } } }""";
        var constants = weights.Select(weight => $$"""{"name": "{{weight.Name}}", "op": "Const"}""");
        var manifest = weights.Select(weight => $$"""{"name": "{{weight.Name}}", "shape": [{{string.Join(",", weight.Shape)}}], "dtype": "{{(weight.Name is "axes" or "axis" or "size" ? "int32" : "float32")}}"}""");
        var json = $$"""{"signature": {"outputs": {"y": {"name": "y:0"} } }, "modelTopology": {"node": [{{string.Join(",", constants.Append(Input).Concat(nodes))}}]}, "weightsManifest": [{"weights": [{{string.Join(",", manifest)}}]}]}""";
        File.WriteAllText(Path.Combine(_folder, "model.json"), JsonNode.Parse(json)!.ToJsonString());
        File.WriteAllBytes(Path.Combine(_folder, "shard"), [.. weights.SelectMany(weight => weight.Values.SelectMany(value => weight.Name is "axes" or "axis" or "size" ? BitConverter.GetBytes((int)value) : BitConverter.GetBytes(value)))]);
    }

    private void Change(Func<string, string> change) => File.WriteAllText(Path.Combine(_folder, "model.json"), change(File.ReadAllText(Path.Combine(_folder, "model.json"))));

    private OnnxModel Read() => GraphModelImporter.Import(Path.Combine(_folder, "model.json"), [Path.Combine(_folder, "shard")]);

    private OnnxModel Import(string[] nodes, (string Name, int[] Shape, float[] Values)[] weights)
    {
        Write(nodes, weights);
        return Read();
    }

    private float[] Run(string[] nodes, (string Name, int[] Shape, float[] Values)[] weights) => Onnxes.Run(Import(nodes, weights), _channelsFirst, [1, 2, 2, 2])["y"];
}
