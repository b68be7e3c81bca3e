using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients;

public class ForwardGraphTests
{
    [Test]
    public void Prepare_Model_HoldsWhatLossAndKeptTensorsNeed()
    {
        var graph = Prepare(Model(), "w").Proto.Graph;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Node.Select(node => node.Output[0]), Is.EqualTo(new[] { "product", "kept", "loss" }));
            Assert.That(graph.Output.Select(output => output.Name), Is.EqualTo(new[] { "loss", "kept" }));
            Assert.That(graph.Output.Select(output => output.Type), Has.All.Null);
            Assert.That(graph.ValueInfo, Is.Empty, "shapes noted before may be wrong afterwards");
            Assert.That(graph.Input.Select(input => input.Name), Is.EqualTo(new[] { "x", "w" }), "an initializer that was an input too is none any more, one that learns is an input");
            Assert.That(graph.Initializer.Select(tensor => tensor.Name), Is.EquivalentTo(new[] { "five", "bias" }));
        }
    }

    [Test]
    public void Prepare_Trainable_BecomesAnInputOfItsTypeAndShape()
    {
        var input = Prepare(Model(), "w", "w").Proto.Graph.Input[^1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(input.Name, Is.EqualTo("w"));
            Assert.That(input.Type.TensorType.ElemType, Is.EqualTo((int)TensorProto.Types.DataType.Float));
            Assert.That(input.Type.TensorType.Shape.Dim.Select(size => size.DimValue), Is.EqualTo(new[] { 1L, 2 }));
        }
    }

    [Test]
    public void Prepare_ConstantsOfNodes_AreInitializers()
    {
        var model = Model();
        model.Proto.Graph.Node.Insert(0, new NodeProto { OpType = "Constant", Output = { "v" }, Attribute = { new AttributeProto { Name = "value_float", F = 2 } } });
        model.Proto.Graph.Node.Single(node => node.Output[0] == "kept").Input[1] = "v";
        Assert.That(Prepare(model, "w", "v").Proto.Graph.Input.Select(input => input.Name), Is.EqualTo(new[] { "x", "w", "v" }));
    }

    // The runtime does not know the operator; nothing that was asked for needs it.
    [Test]
    public void Prepare_ConstantPartThatNothingNeeds_IsNotComputed()
    {
        var model = Model();
        model.Proto.Graph.Node.Add(new NodeProto { OpType = "NoSuchOperator", Input = { "bias" }, Output = { "strange" } });
        Assert.That(Prepare(model, "w").TensorNames, Has.None.EqualTo("strange"));
    }

    [Test]
    public void Prepare_OldModel_IsBroughtToTheOperatorSetOfGradients()
    {
        var model = Model();
        model.Proto.OpsetImport[0].Version = 13;
        Assert.That(Prepare(model, "w").Proto.OpsetImport.Single().Version, Is.EqualTo(18));
    }

    [TestCase("los", "", "w", "small: there is no layer 'los'.")]
    [TestCase("los", "kep", "w", "small: there is no layer 'los'.")]
    [TestCase("loss", "kep", "w", "small: there is no layer 'kep'.")]
    [TestCase("loss", "kept", "ww", "small: there is no initializer 'ww'.")]
    [TestCase("loss", "kept", "", "small: nothing is to learn. Name at least one trainable initializer.")]
    public void Prepare_WrongName_SaysWhich(string loss, string kept, string trainable, string message)
    {
        var request = new GradientRequest { Loss = loss, Trainable = trainable.Length == 0 ? [] : [trainable], Keep = kept.Length == 0 ? [] : [kept] };
        Assert.That(() => ForwardGraph.Prepare(Model(), request), Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith(message));
    }

    private static OnnxModel Prepare(OnnxModel model, params string[] trainable) =>
        ForwardGraph.Prepare(model, new GradientRequest { Loss = "loss", Trainable = trainable, Keep = ["kept"] });

    // loss = sum(x w + bias + (2 + 3))
    private static OnnxModel Model()
    {
        var builder = new GraphBuilder("small");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", -1, 2));
        builder.Graph.Input.Add(GraphBuilder.FloatValue("bias", 2));
        builder.Constant("w", [1f, 2f], 1, 2);
        builder.Constant("bias", [1f, 2f], 2);
        builder.Constant("unused", [1f], 1);
        builder.Node("Add", "five", [builder.Constant("two", [2f]), builder.Constant("three", [3f])]);
        builder.Node("Mul", "product", ["x", "w"]);
        builder.Node("Add", "kept", ["product", "bias"]);
        builder.Node("Exp", "side", ["product"]);
        builder.Node("Sum", "loss", ["kept", "five"]);
        builder.Graph.ValueInfo.Add(GraphBuilder.FloatValue("product", 9, 9));
        builder.Graph.Output.Add(GraphBuilder.FloatValue("side", -1, 2));
        builder.Graph.Output.Add(GraphBuilder.FloatValue("loss", -1, 2));
        return new OnnxModel(new ModelProto { IrVersion = 8, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } }, "small");
    }
}
