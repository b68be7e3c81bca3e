using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests;

/// <summary>The nine classic networks differentiate, every weight of them, and ONNX Runtime loads what comes out.</summary>
public class LightModelGradientTests
{
    private static readonly string[] _names =
        ["bvlc_alexnet", "densenet121", "inception_v1", "inception_v2", "resnet50", "shufflenet", "squeezenet", "vgg19", "zfnet512"];

    [TestCaseSource(nameof(_names))]
    public void Build_EveryWeight_Differentiates(string name)
    {
        var model = OnnxModel.Load(Reference.Shared($"models/light/light_{name}.onnx"));
        var trainable = Learn(model.Proto.Graph);
        var (whole, loss, _) = LossGraph.Append(model, model.Outputs[0].Name, new LossOptions { Kind = LossKind.MeanSquaredError });
        var graph = GradientGraph.Build(whole, new GradientRequest { Loss = loss, Trainable = trainable });
        Gradients.GradientCheck.AssertStandard(graph.Model);
        using var session = OrtSessions.OpenUnoptimized(graph.Model);
        Assert.That(session.OutputMetadata.Keys, Is.SupersetOf(graph.Trainable.Select(tensor => tensor.Gradient)));
        Assert.That(graph.Trainable, Has.Count.GreaterThan(7));
    }

    // The weights of these files are one value repeated: here that value learns.
    private static List<string> Learn(GraphProto graph)
    {
        var trainable = new List<string>();
        foreach (var node in graph.Node.Where(node => node.OpType == "ConstantOfShape" && graph.Node.Any(user => Weighs(user, node.Output[0]))).ToList())
        {
            var value = node.Attribute.Single().T.Clone();
            value.Name = $"{node.Output[0]}/value";
            graph.Initializer.Add(value);
            trainable.Add(value.Name);
            node.OpType = "Expand";
            node.Attribute.Clear();
            node.Input.Insert(0, value.Name);
        }

        return trainable;
    }

    // Mean and variance, the last inputs of a normalization, do not learn.
    private static bool Weighs(NodeProto user, string tensor) => user.Input.IndexOf(tensor) is var place && place >= 0 && (user.OpType != "BatchNormalization" || place < 3);
}
