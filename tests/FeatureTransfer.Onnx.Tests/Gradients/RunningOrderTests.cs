using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>In which order the nodes stand that give gradients.</summary>
public class RunningOrderTests
{
    [Test]
    public void Arrange_Gradients_TheLastComputedStandFirst()
    {
        var (graph, outputs) = Graph(("last", "g"), ("middle", "g"), ("first", "g"));
        RunningOrder.Arrange(graph, outputs);
        Assert.That(Show(graph), Is.EqualTo("g first grad/first middle grad/middle last grad/last"));
    }

    [Test]
    public void Arrange_GradientThatAnotherNodeReads_StaysInItsPlace()
    {
        var (graph, outputs) = Graph(("last", "g"), ("first", "last"));
        RunningOrder.Arrange(graph, outputs);
        Assert.That(Show(graph), Is.EqualTo("g last first grad/first grad/last"));
    }

    // One that is the same for every batch has no node.
    [Test]
    public void Arrange_GradientThatIsAnInput_IsPutOutLast()
    {
        var (graph, outputs) = Graph(("first", "g"));
        graph.Node.Add(new NodeProto { OpType = "Identity", Input = { "x" }, Output = { "grad/given" } });
        RunningOrder.Arrange(graph, new HashSet<string>([.. outputs, "grad/given", "grad/constant"]));
        Assert.That(Show(graph), Is.EqualTo("g first grad/first grad/given"));
    }

    // All that comes from a layer's gradient stands together, from the first layer to the last.
    [Test]
    public void Build_ThreeLayers_FirstLayersStandFirst()
    {
        var builder = new GraphBuilder("graph");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", -1, 4));
        foreach (var (layer, input) in new[] { ("a", "x"), ("b", "a/y"), ("c", "b/y") })
            builder.Node("Gemm", $"{layer}/y", [input, builder.Constant($"{layer}/w", new float[16], 4, 4), builder.Constant($"{layer}/b", new float[4], 4)]);
        builder.Node("ReduceSumSquare", "loss", ["c/y"], GraphBuilder.Int("keepdims", 0));
        var model = new OnnxModel(new ModelProto { IrVersion = 9, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } }, "layers");
        var graph = GradientGraph.Build(model, new GradientRequest { Loss = "loss", Trainable = ["b/b", "a/w", "c/w", "c/b", "b/w", "a/b"] });
        var outputs = graph.Model.Proto.Graph.Node.Select(node => node.Output[0]).Where(name => name.StartsWith("grad/", StringComparison.Ordinal));
        Assert.That(string.Concat(outputs.Select(name => name["grad/".Length])), Is.EqualTo("aabbcc"));
        Assert.That(graph.Model.Proto.Graph.Output.Skip(1).Select(output => output.Name), Is.EqualTo(graph.Trainable.Select(tensor => tensor.Gradient)));
    }

    private static (GraphProto Graph, HashSet<string> Outputs) Graph(params (string Name, string From)[] gradients)
    {
        var builder = new GraphBuilder("graph");
        builder.Node("Relu", "g", ["x"]);
        foreach (var (name, from) in gradients)
            builder.Node("Neg", name, [from]);
        foreach (var (name, _) in gradients.OrderBy(gradient => gradient.Name, StringComparer.Ordinal))
            builder.Node("Identity", $"grad/{name}", [name]);
        return (builder.Graph, [.. gradients.Select(gradient => $"grad/{gradient.Name}")]);
    }

    private static string Show(GraphProto graph) => string.Join(' ', graph.Node.Select(node => node.Output[0]));
}
