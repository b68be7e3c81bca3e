using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Quantization;

/// <summary>What graphs in integers look like, and that they stay near those in floats.</summary>
public class IntegerGraphTests
{
    private static readonly float[][] _sample = [.. Enumerable.Range(0, 4).Select(seed => Random(32, seed))];
    private static readonly long[] _row = [2, 4, 4];

    [Test]
    public void Int8_Branches_AreNearFloatsAndKeepTheirNames()
    {
        var model = Branches();
        var made = SmallerModel.Int8(model, _sample, _row, keep: ["a", "y"]);
        var (actual, expected) = (Onnxes.Run(made, _sample[1], [1, .. _row]), Onnxes.Run(model, _sample[1], [1, .. _row]));
        var names = made.Proto.Graph.Node.Select(node => node.Name).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(actual.Keys, Is.EqualTo(new[] { "y", "side" }));
            Assert.That(actual["y"], Is.EqualTo(expected["y"]).Within(0.1));
            Assert.That(actual["side"], Is.EqualTo(expected["side"]).Within(0.05), "the input is quantized for all that read it");
            Assert.That(made.Proto.Graph.Node.SelectMany(node => node.Output), Does.Contain("a").And.Contain("joined"));
            Assert.That(names, Is.Unique);
            Assert.That(made.Proto.Graph.Node.Where(node => node.Input.Contains("x")).Select(node => node.OpType), Is.EqualTo(new[] { "QuantizeLinear" }));
        });
    }

    [Test]
    public void Int8_TensorThatFoldingWouldDoAwayWith_StaysWhereItIsKept([Values] bool kept)
    {
        var builder = new GraphBuilder("normalized");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 2, 4, 4));
        builder.Node("Conv", "c", ["x", builder.Constant("w", Random(4, 21), 2, 2, 1, 1)]);
        builder.Node("BatchNormalization", "y", ["c", .. new[] { "scale", "shift", "mean", "variance" }.Select(name => builder.Constant(name, [1f, 2], 2))]);
        var nodes = SmallerModel.Int8(Finish(builder, "y"), _sample, _row, keep: kept ? ["c"] : null).Proto.Graph.Node;
        Assert.That(nodes.SelectMany(node => node.Output).Contains("c"), Is.EqualTo(kept));
    }

    [Test]
    public void Int8_MovedTensor_HasTheScaleOfWhatItComesFrom()
    {
        var made = SmallerModel.Int8(Branches(), _sample, _row).Proto.Graph;
        var scales = made.Node.Where(node => node.OpType == "QuantizeLinear").ToDictionary(node => node.Output[0], node => node.Input[1]);
        float Scale(string tensor) => FloatTensors.Read(made.Initializer.Single(value => value.Name == scales[$"{tensor}/integers"])).Single();
        Assert.Multiple(() =>
        {
            Assert.That(Scale("pooled"), Is.EqualTo(Scale("a")));
            Assert.That(Scale("a"), Is.Not.EqualTo(Scale("x")));
            Assert.That(Scale("joined"), Is.Not.EqualTo(Scale("a")));
        });
    }

    [Test]
    public void Int8_Options_AreTaken() => Assert.That(
        SmallerModel.Int8(Branches(), _sample, _row, new StaticQuantizationOptions { KeepFirst = true }).Proto.Graph.Initializer.Count(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Int8 && tensor.Dims.Count == 4),
        Is.EqualTo(1));

    [Test]
    public void Apply_Sample_GivesWhatFloatsGive()
    {
        var model = Branches();
        var expected = StaticProducts.Apply(model, _sample, _row, new StaticQuantizationOptions(), [], default).Expected;
        Assert.That(expected, Is.EqualTo(_sample.Select(row => Onnxes.Run(model, row, [1, .. _row])["y"])).Within(1e-5));
    }

    [Test]
    public void Tokens_Convolution_StaysInFloatsAndNamesAreUnique()
    {
        var model = Tokens(b => b.Node("MatMul", "y", [b.Node("Conv", "a", ["x", b.Constant("k", Random(4, 9), 2, 2, 1)]), b.Constant("w", Random(16, 8), 4, 4)]));
        var made = Made(model);
        var graph = made.Model.Proto.Graph;
        float[] input = _sample[0][..8];
        Assert.Multiple(() =>
        {
            Assert.That(graph.Node.Count(node => node.OpType == "Conv"), Is.EqualTo(1));
            Assert.That(graph.Node.Select(node => node.Name).Where(name => name.Length > 0), Is.Unique);
            Assert.That(graph.Node[^1].Output[0], Is.EqualTo("y"));
            Assert.That(made.Expected[0], Is.EqualTo(Onnxes.Run(model, input, [1, 2, 4])["y"]).Within(1e-5));
            Assert.That(Onnxes.Run(made.Model, input, [1, 2, 4])["y"], Is.EqualTo(made.Expected[0]).Within(0.05));
        });
    }

    [Test]
    public void Tokens_ModelWithOperatorsOfONNXRuntime_ImportsThemOnce([Values] bool already)
    {
        var model = Tokens(b =>
        {
            b.Node("MatMul", "m", ["x", b.Constant("w", Random(16, 8), 4, 4)]);
            b.Node(already ? "Gelu" : "Relu", "y", ["m"]);
            b.Graph.Node[^1].Domain = already ? "com.microsoft" : "";
        });
        if (already)
            model.Proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });
        Assert.That(Made(model).Model.Proto.OpsetImport.Select(import => (import.Domain, import.Version)), Is.EquivalentTo(new[] { ("", 18L), ("com.microsoft", 1L) }));
    }

    [Test]
    public void Drop_WeightsThatNothingReads_AreGoneFromTheInputsToo()
    {
        var builder = new GraphBuilder("weights");
        foreach (var name in new[] { "read", "given", "unused", "listed" })
            builder.Constant(name, [1f], 1);
        builder.Graph.Input.AddRange(new[] { "x", "read", "listed" }.Select(name => GraphBuilder.FloatValue(name, 1)));
        builder.Node("Add", "y", ["x", "read"]);
        builder.Graph.Output.AddRange(new[] { "y", "given" }.Select(name => new ValueInfoProto { Name = name }));
        UnusedWeights.Drop(builder.Graph);
        Assert.Multiple(() =>
        {
            Assert.That(builder.Graph.Initializer.Select(tensor => tensor.Name), Is.EqualTo(new[] { "read", "given" }));
            Assert.That(builder.Graph.Input.Select(input => input.Name), Is.EqualTo(new[] { "x", "read" }));
        });
    }

    private static QuantizedModel Made(OnnxModel model) => TokenProducts.Apply(model, Inputs(), default);

    private static IEnumerable<IReadOnlyDictionary<string, OrtValue>> Inputs()
    {
        foreach (var row in _sample)
        {
            using var value = OrtValue.CreateTensorValueFromMemory(row[..8], [1, 2, 4]);
            yield return new Dictionary<string, OrtValue> { ["x"] = value };
        }
    }

    private static OnnxModel Tokens(Action<GraphBuilder> build)
    {
        var builder = new GraphBuilder("tokens");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 2, 4));
        build(builder);
        return Finish(builder, "y");
    }

    /// <summary>x -> conv -> relu (a) -> pool -> conv; the sum with the pool (joined) -> y. Beside it, -x (side).</summary>
    private static OnnxModel Branches()
    {
        var builder = new GraphBuilder("branches");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 2, 4, 4));
        builder.Node("Neg", "side", ["x"]);
        builder.Node("Conv", "c", ["x", builder.Constant("w", Random(6, 21), 3, 2, 1, 1)]);
        builder.Node("Relu", "a", ["c"]);
        builder.Node("MaxPool", "pooled", ["a"], GraphBuilder.Ints("kernel_shape", 2, 2), GraphBuilder.Ints("strides", 2, 2));
        builder.Node("Conv", "d", ["pooled", builder.Constant("v", Random(9, 22), 3, 3, 1, 1), builder.Constant("b", [0.5f, -0.25f, 0.125f], 3)]);
        builder.Node("Sigmoid", "y", [builder.Node("Add", "joined", ["d", "pooled"])]);
        return Finish(builder, "y", "side");
    }

    private static OnnxModel Finish(GraphBuilder builder, params string[] outputs)
    {
        builder.Graph.Output.AddRange(outputs.Select(name => new ValueInfoProto { Name = name }));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, builder.Graph.Name);
    }

    private static float[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 3) - 1)];
    }
}
