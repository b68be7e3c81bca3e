using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests;

public class GraphMergerTests
{
    [Test]
    public void Append_OlderHeadWithTheSameNames_ComputesBoth()
    {
        var merged = GraphMerger.Append(SmallModels.Image(), Head(), "x", [("scores", "Score")]);
        Assert.That(merged.Inputs.Select(input => input.Name), Is.EqualTo(new[] { "x" }));
        Assert.That(merged.Outputs.Select(output => output.Name), Is.EqualTo(new[] { "Score" }));

        // The first gives 2 x - 1, the head doubles that.
        var result = Onnxes.Run(merged, [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 1], [2, 2, 2, 2]);
        Assert.That(result["Score"], Is.EqualTo(new float[] { 2, 6, 10, 14, 18, 22, 26, 30, -2, -2, -2, -2, -2, -2, -2, 2 }));
    }

    [Test]
    public void Append_UnknownInputOrTensor_NamesThoseThatAreThere()
    {
        Assert.That(() => GraphMerger.Append(SmallModels.Image(), Head(), "y", [("scores", "Score")]), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'y'").And.Message.Contains("x"));
        Assert.That(() => GraphMerger.Append(SmallModels.Image(), Head(), "x", [("answers", "Score")]), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'answers'").And.Message.Contains("scores"));
    }

    // Operator set 12, where axes are attributes, with names that the other graph has as well.
    private static OnnxModel Head()
    {
        var builder = new GraphBuilder("head");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), 1, 8));
        builder.Node("Unsqueeze", "wide", ["x"], GraphBuilder.Ints("axes", 1));
        builder.Node("Squeeze", "flat", ["wide"], GraphBuilder.Ints("axes", 1));
        builder.Node("Mul", "scores", ["flat", builder.Constant("two", [2f])]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue("scores", 1, 8));
        var proto = new ModelProto { IrVersion = 7, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 12 });
        return new OnnxModel(proto, "head");
    }
}
