using FeatureTransfer.Onnx.Kernels.Integers;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Fusion;

/// <summary>Images that become blocks of bytes, as by ONNX Runtime's operators.</summary>
[TestFixture]
internal sealed class QuantizedBlocksTests : IntegerFixture
{
    [TestCase(1, 2, 2)]
    [TestCase(2, 6, 40)]
    [TestCase(3, 4, 18)]
    [TestCase(4, 8, 24)]
    public void Rewrite_ImageOfFewChannels_GivesTheSameBytes(int channels, int height, int width)
    {
        Assert.That(QuantizedGraph.Operators(Graph(channels, height, width)), Is.EqualTo(new[] { BlocksToBytes.OperatorName }));
        Assert.That(Run(Graph(channels, height, width), true, channels, height, width), Is.EqualTo(Run(Graph(channels, height, width), false, channels, height, width)));
    }

    [TestCase(3, 5, 8, "1,0")]
    [TestCase(1, 4, 7, "0,1")]
    [TestCase(4, 9, 9, "1,1")]
    public void Rewrite_OddImageThatIsPadded_GivesTheSameBytes(int channels, int height, int width, string pads)
    {
        long[] behind = [.. pads.Split(',').Select(long.Parse)];
        Assert.That(QuantizedGraph.Operators(Graph(channels, height, width, behind)), Is.EqualTo(new[] { BlocksToBytes.OperatorName }));
        Assert.That(Run(Graph(channels, height, width, behind), true, channels, height, width), Is.EqualTo(Run(Graph(channels, height, width, behind), false, channels, height, width)));
    }

    [Test]
    public void Rewrite_AnotherWayToBlocks_Stays()
    {
        var (ones, reflected, order, size) = (Graph(3, 5, 7, [1, 1]), Graph(3, 5, 7, [1, 1]), Graph(3, 4, 8), Graph(3, 4, 8));
        ones.Node[0].Input.Add(new GraphBuilder(ones).Constant("one", [1f]));
        reflected.Node[0].Attribute.Add(GraphBuilder.Text("mode", "reflect"));
        order.Node[2].Attribute[0] = GraphBuilder.Ints("perm", 0, 3, 2, 1);
        size.Node[1].Attribute[0] = GraphBuilder.Int("blocksize", 4);
        GraphProto[] others = [Graph(5, 4, 8), Graph(3, 4, 8, [2, 0]), Graph(3, 4, 8, [0, 2]), ones, reflected, order, size];
        Assert.That(others.Select(other => string.Join(' ', QuantizedGraph.Operators(other))), Has.None.Contains(BlocksToBytes.OperatorName));
    }

    // x -> y, bytes (batch, height / 2, width / 2, 4 * channels).
    private static GraphProto Graph(int channels, int height, int width, long[]? pads = null)
    {
        var builder = new GraphBuilder("blocks");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, channels, height, width));
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        var image = pads is null ? "x" : builder.Node("Pad", "even", ["x", builder.Constant("pads", [0L, 0, 0, 0, 0, 0, .. pads], 8)]);
        builder.Node("QuantizeLinear", "integers", [image, builder.Constant("scale", [0.0078f]), builder.Constant("zero", [(byte)127])]);
        builder.Node("SpaceToDepth", "blocks", ["integers"], GraphBuilder.Int("blocksize", 2));
        builder.Node("Transpose", "y", ["blocks"], GraphBuilder.Ints("perm", 0, 2, 3, 1));
        return builder.Graph;
    }

    private static byte[] Run(GraphProto graph, bool isRewritten, int channels, int height, int width)
    {
        var random = new Random(6);
        float[] values = [.. Enumerable.Range(0, 2 * channels * height * width).Select(_ => (2.4f * random.NextSingle()) - 1.2f)];
        return QuantizedGraph.Run(graph, isRewritten, 1, values, 2, channels, height, width);
    }
}
