using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Tests.Kernels;

namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>Factors of gradients inside a network that is rearranged for speed, against the same network as it is.</summary>
[TestFixture]
internal sealed class RearrangedFactorTests
{
    private static readonly Dictionary<string, long[]> _shapes = new()
    {
        ["x"] = [2, 8, 20, 20],
        ["factor"] = [],
        ["w1"] = [16, 8, 1, 1],
        ["scale"] = [16],
        ["w2"] = [16, 1, 3, 3],
        ["w3"] = [4, 16, 1, 1],
    };

    private static readonly string[] _trainable = ["w1", "scale", "w2", "w3"];

    [Test]
    public void Build_FactorOfATensorWithin_CountsAsInThePlainGraph(
        [Values("first", "normalized", "bounded", "padded", "filtered", "active", "pooled", "last")] string tensor, [Values("factor", null)] string? factor, [Values] bool useKernels)
    {
        Dictionary<string, string?> factors = new() { [tensor] = factor };
        var (plain, _) = TrainedGraph.Run(Graph(), _trainable, useKernels: false, Feed, rearrange: false, factors);
        var (without, _) = TrainedGraph.Run(Graph(), _trainable, useKernels: false, Feed, rearrange: false);
        var (rearranged, _) = TrainedGraph.Run(Graph(), _trainable, useKernels, Feed, rearrange: true, factors);
        Assert.That(plain["grad/w1"], Is.Not.EqualTo(without["grad/w1"]).Within(0.01), "the factor counts");
        foreach (var (name, values) in plain)
            Assert.That(rearranged[name], Is.EqualTo(values).Within(1e-3), name);
    }

    // The sums of the weights see to it that each has a gradient where a factor ends the other's way.
    private static GraphProto Graph()
    {
        var builder = new GraphBuilder("network");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", _shapes["x"]));
        builder.Graph.Input.Add(GraphBuilder.FloatValue("factor"));
        foreach (var name in _trainable)
            builder.Constant(name, Feed(name).Values, _shapes[name]);
        builder.Node("Conv", "first", ["x", "w1"]);
        string[] statistics = [builder.Constant("offset", KernelSession.Numbers(2, 16), 16), builder.Constant("mean", KernelSession.Numbers(3, 16), 16), builder.Constant("variance", [.. Enumerable.Repeat(1f, 16)], 16)];
        builder.Node("BatchNormalization", "normalized", ["first", "scale", .. statistics]);
        builder.Node("Clip", "bounded", ["normalized", builder.Constant("low", [-0.5f]), builder.Constant("high", [0.5f])]);
        builder.Node("Pad", "padded", ["bounded", builder.Constant("pads", [0L, 0, 1, 1, 0, 0, 1, 1], 8)]);
        builder.Node("Conv", "filtered", ["padded", "w2"], GraphBuilder.Int("group", 16));
        builder.Node("Relu", "active", ["filtered"]);
        builder.Node("MaxPool", "pooled", ["active"], GraphBuilder.Ints("kernel_shape", 2, 2), GraphBuilder.Ints("strides", 2, 2));
        builder.Node("Conv", "last", ["pooled", "w3"]);
        builder.Node("Mul", "weighed", ["last", builder.Constant("c", KernelSession.Numbers(4, 2, 4, 10, 10), 2, 4, 10, 10)]);
        var none = GraphBuilder.Int("keepdims", 0);
        builder.Node("Sum", "loss", [builder.Node("ReduceSum", "sum", ["weighed"], none), .. _trainable.Select(name => builder.Node("ReduceSum", $"{name}/sum", [name], none))]);
        return builder.Graph;
    }

    private static (float[] Values, long[] Shape) Feed(string name) =>
        (name == "factor" ? [-0.5f] : KernelSession.Numbers(name.Length + name[^1], [.. _shapes[name], 1]), _shapes[name]);
}
