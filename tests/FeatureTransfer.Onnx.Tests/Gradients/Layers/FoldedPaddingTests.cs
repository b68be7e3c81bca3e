using FeatureTransfer.Onnx.Gradients.Layouts;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>Which Pads become the padding of the convolutions behind them.</summary>
public class FoldedPaddingTests
{
    [Test]
    public void Apply_PadBeforeAConvolution_IsAdded()
    {
        var graph = Graph([0, 0, 1, 2, 0, 0, 3, 4], GraphBuilder.Ints("pads", 10, 20, 30, 40));
        FoldedPadding.Apply(graph, []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Convolution(graph).Ints("pads"), Is.EqualTo(new long[] { 11, 22, 33, 44 }));
            Assert.That(Convolution(graph).Input[0], Is.EqualTo("x"));
        }
    }

    [Test]
    public void Apply_ConvolutionThatIsValid_TakesThePadding()
    {
        var graph = Graph([0, 0, 0, 0, 0, 0, 1, 1], GraphBuilder.Text("auto_pad", "VALID"));
        FoldedPadding.Apply(graph, []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Convolution(graph).Ints("pads"), Is.EqualTo(new long[] { 0, 0, 1, 1 }));
            Assert.That(Convolution(graph).Text("auto_pad", "none"), Is.EqualTo("none"));
        }
    }

    [Test]
    public void Apply_Zero_MayBeWritten()
    {
        var graph = Graph([0, 0, 1, 1, 0, 0, 1, 1]);
        graph.Node[0].Input.Add(new GraphBuilder(graph).Constant("zero", [0f]));
        Assert.That(IsFolded(graph), Is.True);
    }

    [TestCase(0, 1, 0, 0, 0, 0, 0, 0)]
    [TestCase(0, 0, 0, 0, 1, 0, 0, 0)]
    [TestCase(0, 0, -1, 0, 0, 0, 1, 0)]
    [TestCase(0, 0, 0, 0)]
    public void Apply_WhatNoConvolutionPads_Stays(params int[] pads) => Assert.That(IsFolded(Graph([.. pads.Select(pad => (long)pad)])), Is.False);

    [TestCase("another number")]
    [TestCase("reflected")]
    [TestCase("some axes")]
    [TestCase("computed")]
    [TestCase("asked for")]
    [TestCase("automatic")]
    public void Apply_AnotherKindOfPadding_Stays(string kind)
    {
        var graph = Graph([0, 0, 1, 1, 0, 0, 1, 1], kind == "automatic" ? [GraphBuilder.Text("auto_pad", "SAME_UPPER")] : []);
        var builder = new GraphBuilder(graph);
        var pad = graph.Node[0];
        if (kind == "another number")
            pad.Input.Add(builder.Constant("one", [1f]));
        if (kind == "reflected")
            pad.Attribute.Add(GraphBuilder.Text("mode", "reflect"));
        if (kind == "some axes")
            pad.Input.AddRange(["", builder.Constant("axes", [0L, 1, 2, 3], 4)]);
        if (kind == "computed")
            pad.Input[1] = "computed";
        Assert.That(IsFolded(graph, kind == "asked for" ? ["padded"] : []), Is.False);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Build_PadBeforeAConvolution_GivesTheSameGradients(bool useKernels)
    {
        var graph = new RearrangedGraph(3, 9, 8);
        graph.Builder.Node("Mul", "scaled", ["x", graph.Weight("factor", 1, 3, 1, 1)]);
        graph.Builder.Node("Pad", "padded", ["scaled", graph.Builder.Constant("sizes", [0L, 0, 0, 0, 0, 0, 1, 1], 8)]);
        graph.Conv("y", "padded", [4, 3, 3, 3], true, GraphBuilder.Ints("strides", 2, 2));
        Assert.That(graph.Check("y", useKernels), Has.None.EqualTo("Pad"));
    }

    private static GraphProto Graph(long[] pads, params AttributeProto[] attributes)
    {
        var builder = new GraphBuilder("graph");
        builder.Node("Pad", "padded", ["x", builder.Constant("sizes", pads, pads.Length)]);
        builder.Node("Conv", "y", ["padded", builder.Constant("w", new float[4], 1, 1, 2, 2)], attributes);
        return builder.Graph;
    }

    private static NodeProto Convolution(GraphProto graph) => graph.Node.Single(node => node.OpType == "Conv");

    private static bool IsFolded(GraphProto graph, params string[] kept)
    {
        FoldedPadding.Apply(graph, kept);
        return Convolution(graph).Input[0] == "x";
    }
}
