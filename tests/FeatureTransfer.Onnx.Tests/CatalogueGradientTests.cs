using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests;

/// <summary>The backbones of the catalogue differentiate, every weight of them, and ONNX Runtime loads what comes out.</summary>
public class CatalogueGradientTests
{
    [TestCase("mobilenet_v2.nsfwjs")]
    [TestCase("inception_v3.nsfwjs")]
    [TestCase("resnet_18.mlnet")]
    public void Build_EveryWeight_Differentiates(string id)
    {
        var model = Pulled.Model(id);
        string[] trainable = [.. Weights(model.Proto.Graph)];
        var (whole, loss, _) = LossGraph.Append(model, model.Outputs[0].Name, new LossOptions { Kind = LossKind.MeanSquaredError });
        var graph = GradientGraph.Build(whole, new GradientRequest { Loss = loss, Trainable = trainable });
        Gradients.GradientCheck.AssertStandard(graph.Model);
        using var session = OrtSessions.OpenUnoptimized(graph.Model);
        Assert.That(session.OutputMetadata.Keys, Is.SupersetOf(graph.Trainable.Select(tensor => tensor.Gradient)));
        Assert.That(graph.Trainable, Has.Count.GreaterThan(20));
    }

    private static IEnumerable<string> Weights(GraphProto graph) =>
        from tensor in graph.Initializer
        where tensor.DataType == (int)TensorProto.Types.DataType.Float && graph.Node.Any(node => node.OpType is "Conv" or "Gemm" or "MatMul" && node.Input.Skip(1).Contains(tensor.Name))
        select tensor.Name;
}
