using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class FoldedModelTests
{
    private static readonly float[] _input = [.. Enumerable.Range(1, 16).Select(i => (float)i)];

    [Test]
    public void Of_KeptTensors_BecomeOutputsOnce()
    {
        var folded = FoldedModel.Of(Model(b => b.Node("Relu", "y", [Convolution(b, "x", "a")])), ["y", "a"]);
        Assert.That(folded.Proto.Graph.Output.Select(output => output.Name), Is.EqualTo(new[] { "y", "a" }));
    }

    [Test]
    public void Of_ConvolutionWithoutPadding_TakesThePadBeforeIt()
    {
        var model = Model(b => Convolution(b, b.Node("Pad", "padded", ["x", b.Constant("pads", [0L, 0, 1, 1, 0, 0, 1, 1], 8)]), "y", GraphBuilder.Text("auto_pad", "VALID")));
        var folded = FoldedModel.Of(model, []);
        Assert.Multiple(() =>
        {
            Assert.That(folded.Proto.Graph.Node.Select(node => node.OpType), Is.EqualTo(new[] { "Conv" }));
            Assert.That(Onnxes.Run(folded, _input, [1, 1, 4, 4])["y"], Is.EqualTo(Onnxes.Run(model, _input, [1, 1, 4, 4])["y"]).And.Length.EqualTo(16));
            Assert.That(model.Proto.Graph.Node[1].Attribute.Select(attribute => attribute.Name), Does.Contain("auto_pad"), "the original stays as it is");
        });
    }

    [Test]
    public void Of_ConvolutionThatPadsItself_StillDoes()
    {
        var model = Model(b => Convolution(b, "x", "y", GraphBuilder.Text("auto_pad", "SAME_UPPER")));
        Assert.That(Onnxes.Run(FoldedModel.Of(model, []), _input, [1, 1, 4, 4])["y"], Is.EqualTo(Onnxes.Run(model, _input, [1, 1, 4, 4])["y"]).And.Length.EqualTo(16));
    }

    [Test]
    public void Of_Model_HasNoImportsThatNothingUsesAndNoOldShapes()
    {
        var model = Model(b => b.Node("Relu", "y", [Convolution(b, "x", "a")]));
        model.Proto.Graph.ValueInfo.Add(GraphBuilder.FloatValue("a", 1, 1, 2, 2));
        var folded = FoldedModel.Of(model, []);
        Assert.Multiple(() =>
        {
            Assert.That(folded.Proto.OpsetImport.Select(import => import.Domain), Is.EqualTo(new[] { "" }));
            Assert.That(folded.Proto.Graph.ValueInfo, Is.Empty);
            Assert.That(folded.Name, Is.EqualTo("model"));
        });
    }

    [Test]
    public void Of_OperatorsOfAnotherDomainOnly_KeepTheirImportAndTheStandardOne()
    {
        var model = Model(b =>
        {
            b.Node("Gelu", "y", ["x"]);
            b.Graph.Node[^1].Domain = "com.microsoft";
        });
        model.Proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });
        Assert.That(FoldedModel.Of(model, []).Proto.OpsetImport.Select(import => import.Domain), Is.EquivalentTo(new[] { "", "com.microsoft" }));
    }

    [Test]
    public void Of_Model_LeavesNoFileBehind()
    {
        var folder = Directory.CreateTempSubdirectory("folded");
        string[] names = ["TMPDIR", "TMP"];
        var before = Array.ConvertAll(names, Environment.GetEnvironmentVariable);
        try
        {
            Array.ForEach(names, name => Environment.SetEnvironmentVariable(name, folder.FullName));
            FoldedModel.Of(Model(b => Convolution(b, "x", "y")), []);
            Assert.That(folder.GetFiles(), Is.Empty);
        }
        finally
        {
            for (var i = 0; i < names.Length; i++)
                Environment.SetEnvironmentVariable(names[i], before[i]);
            folder.Delete(true);
        }
    }

    [Test]
    public void Of_UnknownOperator_SaysThatItCannotBeLoaded() => Assert.That(
        () => FoldedModel.Of(Model(b => b.Node("Nonesuch", "y", ["x"])), []),
        Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith("model: ONNX Runtime cannot load the model.").And.Message.Contains("Nonesuch"));

    private static string Convolution(GraphBuilder builder, string input, string output, params AttributeProto[] attributes) =>
        builder.Node("Conv", output, [input, builder.Constant($"{output}/w", [1f, 2, 3, 4, 5, 6, 7, 8, 9], 1, 1, 3, 3)], attributes);

    /// <summary>x (batch, 1, 4, 4) -> y.</summary>
    private static OnnxModel Model(Action<GraphBuilder> build)
    {
        var builder = new GraphBuilder("model");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 1, 4, 4));
        build(builder);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "model");
    }
}
