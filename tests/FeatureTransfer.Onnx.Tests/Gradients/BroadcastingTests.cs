using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>How a gradient is summed to a shape: with as few nodes as that takes.</summary>
public class BroadcastingTests
{
    [TestCase(new long[] { 2, 3 }, new long[] { 2, 3 }, "")]
    [TestCase(new long[] { 1, 3 }, new long[] { 1, 3 }, "")]
    [TestCase(new long[] { -1, 3 }, new long[] { -1, 3 }, "")]
    [TestCase(new long[] { 2, 3 }, new long[] { 3 }, "ReduceSum 0 keep 0")]
    [TestCase(new long[] { 4, 2, 3 }, new long[] { 3 }, "ReduceSum 0 1 keep 0")]
    [TestCase(new long[] { 4, 2, 3 }, new long[] { 2, 3 }, "ReduceSum 0 keep 0")]
    [TestCase(new long[] { 2, 3 }, new long[] { 1, 3 }, "ReduceSum 0 keep 1")]
    [TestCase(new long[] { -1, 3 }, new long[] { 1, 3 }, "ReduceSum 0 keep 1")]
    [TestCase(new long[] { 2, 3 }, new long[] { 2, 1 }, "ReduceSum 1 keep 1")]
    [TestCase(new long[] { 4, 2, 3 }, new long[] { 1, 3 }, "ReduceSum 0 1 keep 1, Reshape 1 3")]
    [TestCase(new long[] { 4, 2, 3 }, new long[] { 2, 1 }, "ReduceSum 0 2 keep 1, Reshape 2 1")]
    [TestCase(new long[] { 4, 2, 3 }, new long[] { }, "ReduceSum 0 1 2 keep 0")]
    public void ReduceTo_KnownShapes_SumsTheRepeatedAxes(long[] from, long[] to, string expected)
    {
        var graph = new EmittedGraph(EmittedGraph.Node("Relu", "a"), ("a", from), ("b", to));
        var result = graph.Context.ReduceTo("a", "b");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join(", ", graph.Nodes.Select(node => Show(graph, node))), Is.EqualTo(expected));
            Assert.That(result, Is.EqualTo(graph.Nodes.LastOrDefault()?.Output[0] ?? "a"));
            Assert.That(graph.Tensors[result].Shape, Is.EqualTo(graph.Tensors["b"].Shape));
        }
    }

    // Sizes of 1 and 5 for the two sizes that were tried.
    [TestCase("y", "")]
    [TestCase("b", "ReduceSum 2 keep 1")]
    public void ReduceTo_SizeThatIsOneByChance_IsSummedOnlyToOne(string to, string expected)
    {
        var node = EmittedGraph.Node("MaxPool", "a");
        node.Attribute.Add(GraphBuilder.Ints("kernel_shape", 9));
        var graph = new EmittedGraph(node, ("a", [-1, -1, -1]), ("b", [-1, -1, 1]));
        graph.Context.ReduceTo("y", to);
        Assert.That(string.Join(", ", graph.Nodes.Select(step => Show(graph, step))), Is.EqualTo(expected));
    }

    [TestCase("strange", "a")]
    [TestCase("a", "strange")]
    public void ReduceTo_UnknownShape_FindsTheAxesInTheGraph(string from, string to)
    {
        var graph = new EmittedGraph(EmittedGraph.Node("Relu", "a"), ("a", [2, 3]));
        graph.Context.ReduceTo(from, to);
        Assert.That(graph.Operators, Has.Some.EqualTo("NonZero").And.Some.EqualTo("Reshape"));
    }

    // y = x + w, of x = (2, 3, 4) and weights of fewer axes or of axes of one: what the graph finds out is what the rules know.
    [TestCase(new long[] { 3, 4 })]
    [TestCase(new long[] { 1, 3, 1 })]
    [TestCase(new long[] { 4 })]
    [TestCase(new long[] { 2, 3, 4 })]
    [TestCase(new long[] { })]
    public void ReduceTo_UnknownShape_GivesWhatKnownShapesGive(long[] shape)
    {
        var graph = new EmittedGraph(EmittedGraph.Node("Identity", "a"), ("a", [2, 3, 4]), ("b", shape));
        var known = graph.Context.ReduceTo("a", "b");
        graph.Model.Proto.Graph.Node.Add(new NodeProto { OpType = "Identity", Input = { "a" }, Output = { "hidden" } });
        var found = graph.Context.ReduceTo("hidden", "b");
        graph.Model.Proto.Graph.Output.AddRange(new[] { known == "a" ? "y" : known, found }.Select(name => new ValueInfoProto { Name = name }));
        using var session = new NumberSession(graph.Model);
        var count = (int)TensorValues.Count(shape);
        var results = session.Run(new Dictionary<string, (double[] Values, long[] Shape)>
        {
            ["a"] = ([.. Enumerable.Range(0, 24).Select(i => (double)(i * i))], [2, 3, 4]),
            ["b"] = (new double[count], shape),
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Is.Not.EqualTo(known));
            Assert.That(results[found].Shape, Is.EqualTo(shape));
            Assert.That(results[found].Values, Is.EqualTo(results[known == "a" ? "y" : known].Values));
        }
    }

    private static string Show(EmittedGraph graph, NodeProto node)
    {
        var numbers = string.Join(' ', graph.Context.ConstantInts(node.Input[1])!);
        return node.OpType == "ReduceSum" ? $"ReduceSum {numbers} keep {node.Int("keepdims", 1)}" : $"{node.OpType} {numbers}";
    }
}
