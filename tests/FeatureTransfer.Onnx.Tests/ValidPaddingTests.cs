using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests;

public class ValidPaddingTests
{
    private static readonly float[] _input = [.. Enumerable.Range(1, 16).Select(i => (float)i)];

    [Test]
    public void Drop_ConvolutionBehindAPad_LetsOnnxRuntimeFoldThePad()
    {
        var model = Model("VALID");
        Assert.That(Optimized(model), Does.Contain("Pad"), "ONNX Runtime folds it by itself now: this is no longer needed");
        var features = FeatureGraph.Build(model, ["y"], Pooling.Flatten);
        Assert.Multiple(() =>
        {
            Assert.That(Optimized(features), Does.Not.Contain("Pad"));
            Assert.That(Onnxes.Run(features, _input, [1, 1, 4, 4])["features"], Is.EqualTo(Onnxes.Run(model, _input, [1, 1, 4, 4])["y"]).And.Length.EqualTo(16));
            Assert.That(model.Proto.Graph.Node[1].Attribute.Select(attribute => attribute.Name), Does.Contain("auto_pad"), "the original stays as it is");
        });
    }

    [TestCase("SAME_UPPER")]
    [TestCase("NOTSET")]
    public void Drop_OtherPadding_Stays(string padding)
    {
        var graph = Model(padding).Proto.Graph;
        ValidPadding.Drop(graph);
        Assert.That(graph.Node[1].Text("auto_pad", ""), Is.EqualTo(padding));
    }

    [Test]
    public void Drop_OtherOperator_Stays()
    {
        var builder = new GraphBuilder("model");
        builder.Node("MaxPool", "y", ["x"], GraphBuilder.Ints("kernel_shape", 2, 2), GraphBuilder.Text("auto_pad", "VALID"));
        ValidPadding.Drop(builder.Graph);
        Assert.That(builder.Graph.Node[0].Text("auto_pad", ""), Is.EqualTo("VALID"));
    }

    private static List<string> Optimized(OnnxModel model)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var options = new SessionOptions { OptimizedModelFilePath = file, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED };
            new InferenceSession(model.ToBytes(), options).Dispose();
            return [.. OnnxModel.Load(file).Proto.Graph.Node.Select(node => node.OpType)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>x (batch, 1, 4, 4) -> y, of the same size.</summary>
    private static OnnxModel Model(string padding)
    {
        var builder = new GraphBuilder("model");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 1, 4, 4));
        builder.Node("Pad", "padded", ["x", builder.Constant("pads", [0L, 0, 1, 1, 0, 0, 1, 1], 8)]);
        builder.Node("Conv", "y", ["padded", builder.Constant("w", [1f, 2, 3, 4, 5, 6, 7, 8, 9], 1, 1, 3, 3)], GraphBuilder.Text("auto_pad", padding));
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "model");
    }
}
