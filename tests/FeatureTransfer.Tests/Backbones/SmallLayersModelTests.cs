using System.Text.Json.Nodes;
using FeatureTransfer.Backbones.TensorFlowJs;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Tests.Backbones;

/// <summary>Layers models of a few weights, written as plain model.json and a binary shard, against results computed by hand.</summary>
public class SmallLayersModelTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-layers-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    // Image (2, 2, 2) in Keras's order: pixel (0,0) = 1, 2; (0,1) = 3, 4; (1,0) = 5, 6; (1,1) = 7, 8.
    private static readonly float[] _channelsFirst = [1, 3, 5, 7, 2, 4, 6, 8];

    [Test]
    public void Import_Flatten_KeepsTheOrderOfKeras()
    {
        var model = Import([Layer("Flatten", "flat", "")], [], []);
        Assert.That(Run(model, "flat"), Is.EqualTo(new[] { 1f, 2, 3, 4, 5, 6, 7, 8 }));
    }

    [Test]
    public void Import_BatchNormalizationWithoutGamma_AddsEpsilonToAVarianceOfZero()
    {
        var model = Import(
            [Layer("BatchNormalization", "bn", "\"epsilon\": 0.25, \"axis\": 3")],
            [Weight("bn/beta", "[2]"), Weight("bn/moving_mean", "[2]"), Weight("bn/moving_variance", "[2]")],
            [10, 20, 1, 2, 0, 0.75f]);
        Assert.That(Run(model, "bn"), Is.EqualTo(new[] { 10f, 14, 18, 22, 20, 22, 24, 26 }).Within(1e-5));
    }

    [Test]
    public void Import_DepthwiseConvolution_OrdersOutputsByInputThenMultiplier()
    {
        var model = Import(
            [Layer("DepthwiseConv2D", "dw", "\"padding\": \"valid\", \"strides\": [1,1], \"dilation_rate\": [1,1], \"activation\": \"linear\"")],
            [Weight("dw/depthwise_kernel", "[1,1,2,2]")],
            [1, 10, 100, 1000]);
        Assert.That(Run(model, "dw"), Is.EqualTo(new[] { 1f, 3, 5, 7, 10, 30, 50, 70, 200, 400, 600, 800, 2000, 4000, 6000, 8000 }));
    }

    [Test]
    public void Import_SameAveragePooling_LeavesThePaddingOut()
    {
        var model = Import([Layer("AveragePooling2D", "pool", "\"padding\": \"same\", \"strides\": [1,1], \"pool_size\": [2,2]")], [], []);
        Assert.That(Run(model, "pool"), Is.EqualTo(new[] { 4f, 5, 6, 7, 5, 6, 7, 8 }));
    }

    [Test]
    public void Import_ZeroPaddingAndReluWithAMaximum_AreExact()
    {
        var model = Import([Layer("ZeroPadding2D", "pad", "\"padding\": [[0,1],[0,0]]"), Layer("ReLU", "relu", "\"max_value\": 6")], [], []);
        Assert.That(Run(model, "relu"), Is.EqualTo(new[] { 1f, 3, 5, 6, 0, 0, 2, 4, 6, 6, 0, 0 }));
    }

    [Test]
    public void Import_ModelInsideAModel_IsWrittenInPlace()
    {
        const string Inner = "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"inner\", \"layers\": ["
            + "{\"class_name\": \"Dense\", \"config\": {\"name\": \"dense\", \"activation\": \"relu\"}}]}}";
        var model = Import([Layer("GlobalAveragePooling2D", "average", ""), Inner], [Weight("inner/dense/kernel", "[2,2]"), Weight("inner/dense/bias", "[2]")], [1, -1, 1, -1, 0.5f, 0.5f]);
        Assert.That(Run(model, "dense"), Is.EqualTo(new[] { 9.5f, 0f }));
    }

    [Test]
    public void Import_QuantizedWeights_AreScaledFromTheirBytes()
    {
        File.WriteAllBytes(Path.Combine(_folder, "shard"), [0, 255]);
        const string Weights = "{\"name\": \"bn/moving_mean\", \"shape\": [2], \"dtype\": \"float32\", \"quantization\": {\"min\": -1, \"scale\": 0.01, \"dtype\": \"uint8\"}}";
        var model = Import([Layer("BatchNormalization", "bn", "\"epsilon\": 0")], [Weights], null);
        Assert.That(Run(model, "bn"), Is.EqualTo(new[] { 2f, 4, 6, 8, 0.45f, 2.45f, 4.45f, 6.45f }).Within(1e-5));
    }

    [Test]
    public void Import_UnknownLayer_NamesIt() => Assert.That(
        () => Import([Layer("Lambda", "mystery", "")], [], []),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'mystery'").And.Message.Contains("Lambda"));

    [Test]
    public void Import_ShardTooShort_NamesTheWeight() => Assert.That(
        () => Import([Layer("Dense", "dense", "")], [Weight("dense/kernel", "[8,2]")], [1, 2]),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("dense/kernel"));

    private static string Layer(string kind, string name, string config) =>
        $"{{\"class_name\": \"{kind}\", \"config\": {{\"name\": \"{name}\"{(config.Length > 0 ? ", " : "")}{config}}}}}";

    private static string Weight(string name, string shape) => $"{{\"name\": \"{name}\", \"shape\": {shape}, \"dtype\": \"float32\"}}";

    private OnnxModel Import(IReadOnlyList<string> layers, IReadOnlyList<string> weights, float[]? values)
    {
        const string Input = "{\"class_name\": \"InputLayer\", \"config\": {\"name\": \"image\", \"batch_input_shape\": [null, 2, 2, 2]}}";
        var json = "{\"format\": \"layers-model\", \"meta\": {}, \"modelTopology\": {\"model_config\": {\"class_name\": \"Sequential\", \"config\": {\"layers\": ["
            + string.Join(",", layers.Prepend(Input)) + "]}}}, \"weightsManifest\": [{\"paths\": [\"shard\"], \"weights\": [" + string.Join(",", weights) + "]}]}";
        Assert.That(() => JsonNode.Parse(json), Throws.Nothing, "the test's own JSON");
        File.WriteAllText(Path.Combine(_folder, "model.json"), json);
        if (values is not null)
            File.WriteAllBytes(Path.Combine(_folder, "shard"), [.. values.SelectMany(BitConverter.GetBytes)]);
        return LayersModelImporter.Import(Path.Combine(_folder, "model.json"), [Path.Combine(_folder, "shard")]);
    }

    private static float[] Run(OnnxModel model, string tensor) => Onnxes.Run(GraphCutter.Cut(model, [tensor]), _channelsFirst, [1, 2, 2, 2])[tensor];
}
