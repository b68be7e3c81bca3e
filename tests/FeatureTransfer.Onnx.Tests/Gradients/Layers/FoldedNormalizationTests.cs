using FeatureTransfer.Onnx.Gradients.Layouts;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>Which batch normalizations are folded into the convolutions before them.</summary>
public class FoldedNormalizationTests
{
    [Test]
    public void Apply_StoredStatistics_AreFolded()
    {
        var graph = Graph();
        FoldedNormalization.Apply(graph, []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Node.Select(node => node.OpType), Is.EqualTo(new[] { "Add", "Sqrt", "Div", "Mul", "Sub", "Reshape", "Mul", "Conv", "Relu" }));
            Assert.That(graph.Node.Single(node => node.OpType == "Conv").Output, Is.EqualTo(new[] { "normal" }));
            Assert.That(graph.Initializer.Single(tensor => tensor.Name == "normal/folded/epsilon").Dims, Is.Empty);
            Assert.That(graph.Node.SelectMany(node => node.Output), Is.Unique);
        }
    }

    [Test]
    public void Apply_OutputsLeftOut_DoNotCount()
    {
        var graph = Graph();
        graph.Node[1].Output.AddRange(["", ""]);
        Assert.That(IsFolded(graph), Is.True);
    }

    [Test]
    public void Apply_WeightsThatAreInputs_AreFolded()
    {
        var graph = Graph();
        graph.Initializer.Remove(graph.Initializer.Single(tensor => tensor.Name == "w"));
        graph.Input.Add(GraphBuilder.FloatValue("w", 3, 4, 2, 2));
        Assert.That(IsFolded(graph), Is.True);
    }

    [Test]
    public void Apply_NormalizationInTraining_Stays()
    {
        var graph = Graph();
        graph.Node[1].Attribute.Add(GraphBuilder.Int("training_mode", 1));
        Assert.That(IsFolded(graph), Is.False);
    }

    [Test]
    public void Apply_MoreOutputs_Stay()
    {
        var graph = Graph();
        graph.Node[1].Output.Add("mean of the batch");
        Assert.That(IsFolded(graph), Is.False);
    }

    [Test]
    public void Apply_ComputedStatistics_Stay()
    {
        var graph = Graph();
        graph.Node[1].Input[3] = "x";
        Assert.That(IsFolded(graph), Is.False);
    }

    [Test]
    public void Apply_WeightsOfFreeSize_Stay()
    {
        var graph = Graph();
        graph.Initializer.Remove(graph.Initializer.Single(tensor => tensor.Name == "w"));
        graph.Input.Add(GraphBuilder.FloatValue("w", 3, -1, 2, 2));
        Assert.That(IsFolded(graph), Is.False);
    }

    [Test]
    public void Apply_OtherPrecision_Stays()
    {
        var graph = Graph();
        foreach (var tensor in graph.Initializer)
            tensor.DataType = (int)TensorProto.Types.DataType.Float16;
        Assert.That(IsFolded(graph), Is.False);
    }

    private static bool IsFolded(GraphProto graph)
    {
        FoldedNormalization.Apply(graph, []);
        return graph.Node.All(node => node.OpType != "BatchNormalization");
    }

    private static GraphProto Graph()
    {
        var builder = new GraphBuilder("folded");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", -1, 4, 5, 5));
        builder.Constant("w", new float[48], 3, 4, 2, 2);
        foreach (var name in new[] { "scale", "offset", "mean", "variance" })
            builder.Constant(name, [1f, 2f, 3f], 3);
        builder.Node("Conv", "convolved", ["x", "w"]);
        builder.Node("BatchNormalization", "normal", ["convolved", "scale", "offset", "mean", "variance"]);
        builder.Node("Relu", "y", ["normal"]);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        return builder.Graph;
    }
}
