using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients;

public class GradientGraphTests
{
    [Test]
    public void Build_ManyUses_AddsUpTheirGradients()
    {
        // y = w, then three times y = y y + y w: every tensor is used more than once.
        var builder = Start("w", 0.5f);
        var y = "w";
        for (var i = 0; i < 3; i++)
            y = builder.Node("Add", $"y{i}", [builder.Node("Mul", $"square{i}", [y, y]), builder.Node("Mul", $"product{i}", [y, "w"])]);
        var graph = GradientGraph.Build(Finish(builder, y), Request("w"));

        static double Value(double w) => Enumerable.Range(0, 3).Aggregate(w, (y, _) => (y * y) + (y * w));
        Assert.That(Run(graph, ("w", 0.5))["grad/w"], Is.EqualTo((Value(0.5 + 1e-6) - Value(0.5 - 1e-6)) / 2e-6).Within(1e-4));
    }

    [Test]
    public void Build_EqualExpressions_AreComputedOnce()
    {
        var builder = Start("w", 0.5f);
        builder.Node("Sigmoid", "a", ["w"]);
        builder.Node("Softplus", "b", ["w"]);
        builder.Node("Add", "sum", ["a", "b"]);
        var graph = GradientGraph.Build(Finish(builder, "sum"), Request("w"));
        Assert.That(graph.Model.Proto.Graph.Node.Count(node => node.OpType == "Sigmoid"), Is.EqualTo(1), "the slope of Softplus is there already");
    }

    [Test]
    public void Build_PartWithoutInfluence_IsDropped()
    {
        var builder = Start("w", 0.5f);
        builder.Node("Exp", "side", ["w"]);
        builder.Node("Relu", "main", ["w"]);
        var graph = GradientGraph.Build(Finish(builder, "main"), Request("w"));
        Assert.That(graph.Model.TensorNames, Has.None.EqualTo("side").And.Some.EqualTo("main"));
    }

    [Test]
    public void Build_ConstantPart_IsComputedBeforehand()
    {
        var builder = Start("w", 0.5f);
        builder.Node("Add", "three", [builder.Constant("one", [1f]), builder.Constant("two", [2f])]);
        builder.Node("Mul", "product", ["w", "three"]);
        var graph = GradientGraph.Build(Finish(builder, "product"), Request("w"));
        Assert.Multiple(() =>
        {
            Assert.That(graph.Model.Proto.Graph.Node.Select(node => node.OpType), Has.None.EqualTo("Add"));
            Assert.That(Run(graph, ("w", 0.5))["grad/w"], Is.EqualTo(3));
        });
    }

    [Test]
    public void Build_Model_StaysAsItIs()
    {
        var model = Finish(Start("w", 0.5f), "w");
        var before = model.ToBytes();
        GradientGraph.Build(model, Request("w"));
        Assert.That(model.ToBytes(), Is.EqualTo(before));
    }

    [Test]
    public void Build_Result_HasWeightsAsInputsAndOutputsInOrder()
    {
        var builder = Start("w", 0.5f);
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", -1, 2));
        builder.Constant("v", [1f, 2f], 2);
        builder.Node("Mul", "scores", ["x", "v"]);
        builder.Node("Mul", "scaled", ["scores", "w"]);
        var graph = GradientGraph.Build(Finish(builder, "scaled"), Request("v", "w") with { Keep = ["scores"] });
        Assert.Multiple(() =>
        {
            Assert.That(graph.Model.Inputs.Select(input => input.Name), Is.EqualTo(["x", "v", "w"]));
            Assert.That(graph.Model.Outputs.Select(output => output.Name), Is.EqualTo(["loss", "scores", "grad/v", "grad/w"]));
            Assert.That(graph.Trainable[0].Shape, Is.EqualTo([2]));
            Assert.That(graph.Model.Proto.Graph.Initializer.Select(tensor => tensor.Name), Has.None.EqualTo("v").And.None.EqualTo("w"));
        });
    }

    [Test]
    public void Build_MixedPrecision_CastsBack()
    {
        var builder = Start("w", 0.5f);
        builder.Node("Cast", "wide", ["w"], GraphBuilder.Int("to", (long)TensorProto.Types.DataType.Double));
        builder.Node("Tanh", "bent", ["w"]);
        builder.Node("Cast", "bent_wide", ["bent"], GraphBuilder.Int("to", (long)TensorProto.Types.DataType.Double));
        builder.Node("Mul", "product", ["wide", "bent_wide"]);
        var graph = GradientGraph.Build(Finish(builder, "product"), Request("w"));
        var t = Math.Tanh(0.5);
        Assert.That(Run(graph, ("w", 0.5))["grad/w"], Is.EqualTo(t + (0.5 * (1 - (t * t)))).Within(1e-6));
    }

    [Test]
    public void Rearrange_NotSaid_IsAllowed() => Assert.That(Request("w").Rearrange, Is.True);

    // What the forward pass dropped gets no gradient; what it kept grows as it grew.
    [TestCase(0.5f)]
    [TestCase(0.25f)]
    public void Build_DropoutInTraining_PassesTheGradientWhereTheValuePassed(float ratio)
    {
        var values = Enumerable.Range(1, 64).Select(i => (double)i).ToArray();
        var builder = new GraphBuilder("small");
        builder.Constant("w", new float[64], 64);
        builder.Node("Equal", "training", [builder.Constant("zero", [0f]), "zero"]);
        builder.Node("Dropout", "dropped", ["w", ratio == 0.5f ? "" : builder.Constant("ratio", [ratio]), "training"], GraphBuilder.Int("seed", 3));
        using var session = new NumberSession(GradientGraph.Build(Finish(builder, "dropped"), Request("w") with { Keep = ["dropped"] }).Model);
        var results = session.Run(new Dictionary<string, (double[] Values, long[] Shape)> { ["w"] = (values, [64]) });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(results["grad/w"].Values, Has.Some.EqualTo(0).And.Some.EqualTo(1 / (1 - ratio)).Within(1e-5));
            Assert.That(results["grad/w"].Values.Zip(values, (slope, value) => slope * value), Is.EqualTo(results["dropped"].Values).Within(1e-3));
        }
    }

    // y = tanh(w) exp(w): the gradient of one factor is multiplied by an input, that of the other may end.
    [Test]
    public void Build_GradientFactor_MultipliesTheGradientOfOneTensor()
    {
        var (tanh, exp) = (Math.Tanh(0.5), Math.Exp(0.5));
        var (first, second) = ((1 - (tanh * tanh)) * exp, tanh * exp);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Slope("factor"), Is.EqualTo((-3 * first) + second).Within(1e-5));
            Assert.That(Slope(null), Is.EqualTo(second).Within(1e-5));
        }

        static double Slope(string? factor)
        {
            var builder = Product();
            return Run(GradientGraph.Build(Finish(builder, "product"), Request("w") with { GradientFactors = new Dictionary<string, string?> { ["bent"] = factor } }), ("w", 0.5), ("factor", -3))["grad/w"];
        }
    }

    [TestCase("nothing", "factor", "there is no layer 'nothing'")]
    [TestCase("bent", "nothing", "there is no input 'nothing'")]
    public void Build_WrongGradientFactor_SaysWhy(string tensor, string factor, string message) => Assert.That(
        () => GradientGraph.Build(Finish(Product(), "product"), Request("w") with { GradientFactors = new Dictionary<string, string?> { [tensor] = factor } }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains(message));

    // Steps are flat wherever they are smooth.
    [TestCase("Floor")]
    [TestCase("Ceil")]
    [TestCase("Round")]
    [TestCase("Sign")]
    public void Build_Step_PassesNoGradient(string op)
    {
        var builder = Start("w", 0.5f);
        builder.Node("Add", "sum", [builder.Node(op, "step", ["w"]), "w"]);
        Assert.That(Run(GradientGraph.Build(Finish(builder, "sum"), Request("w")), ("w", 0.25))["grad/w"], Is.EqualTo(1));
    }

    [Test]
    public void Build_OperatorWithoutGradient_NamesNodeOperatorAndLayer()
    {
        var builder = Start("w", 0.5f);
        builder.Node("Relu", "before", ["w"]);
        builder.Node("Acosh", "strange", ["before"]);
        builder.Node("Mul", "after", ["strange", builder.Constant("v", [2f])]);
        Assert.Multiple(() =>
        {
            Assert.That(() => GradientGraph.Build(Finish(builder, "after"), Request("w", "v")),
                Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo(
                    "small: the operator Acosh of node 'strange' cannot be trained through: its gradient is not known. Training works from layer 'strange' on: leave the weights before it frozen."));
            Assert.That(GradientGraph.Build(Finish(builder, "after"), Request("v")).Trainable, Has.Count.EqualTo(1), "the frozen part may hold any operator");
        });
    }

    [TestCase("nothing", "small: there is no initializer 'nothing'.")]
    [TestCase("whole", "small: 'whole' does not hold floating point numbers, so it cannot learn. Leave it out of the trainable tensors.")]
    [TestCase("unused", "small: no gradient reaches the trainable 'unused', because the loss 'loss' does not depend on it smoothly. Leave it out of the trainable tensors.")]
    public void Build_WrongTrainable_SaysWhy(string name, string message)
    {
        var builder = Start("w", 0.5f);
        builder.Constant("whole", [1L]);
        builder.Constant("unused", [1f]);
        Assert.That(() => GradientGraph.Build(Finish(builder, "w"), Request(name)), Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith(message));
    }

    [Test]
    public void Build_LossOfSeveralNumbers_IsRefused()
    {
        var builder = Start("w", 0.5f);
        builder.Node("Concat", "pair", ["w", "w"], GraphBuilder.Int("axis", 0));
        Assert.That(() => GradientGraph.Build(Finish(builder, "w"), Request("w") with { Loss = "pair" }),
            Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo(
                "small: the loss 'pair' is not one floating point number. Expected a tensor with one element; reduce it with ReduceMean or ReduceSum."));
    }

    [Test]
    public void Build_LossOfWholeNumbers_IsRefused()
    {
        var builder = Start("w", 0.5f);
        builder.Node("Cast", "whole", ["w"], GraphBuilder.Int("to", (long)TensorProto.Types.DataType.Int64));
        Assert.That(() => GradientGraph.Build(Finish(builder, "w"), Request("w") with { Loss = "whole" }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'whole' is not one"));
    }

    // Three numbers, of which the loss reads one.
    [Test]
    public void Build_OutputThatNothingReads_HasNoGradient()
    {
        var builder = new GraphBuilder("small");
        builder.Constant("w", [1f, 2f, 3f], 3);
        builder.Graph.Node.Add(new NodeProto { OpType = "Split", Input = { "w", builder.Constant("sizes", [2L, 1L], 2) }, Output = { "first", "last" } });
        builder.Node("Mul", "squared", ["last", "last"]);
        var graph = GradientGraph.Build(Finish(builder, "squared"), Request("w"));
        using var session = new NumberSession(graph.Model);
        var results = session.Run(new Dictionary<string, (double[] Values, long[] Shape)> { ["w"] = ([1, 2, 3], [3]) });
        Assert.That(results["grad/w"].Values, Is.EqualTo(new double[] { 0, 0, 6 }));
    }

    // Behind the tensor where the gradient ends, any operator may stand.
    [Test]
    public void Build_OperatorBehindAnEndedGradient_IsNotDifferentiated()
    {
        var builder = Start("w", 0.5f);
        builder.Node("Acosh", "strange", ["w"]);
        builder.Node("Relu", "bent", ["strange"]);
        builder.Node("Add", "sum", ["bent", "w"]);
        var request = Request("w") with { GradientFactors = new Dictionary<string, string?> { ["bent"] = null } };
        Assert.That(Run(GradientGraph.Build(Finish(builder, "sum"), request), ("w", 2))["grad/w"], Is.EqualTo(1));
    }

    [Test]
    public void Build_LossThatDependsOnNothingThatLearns_SaysSo()
    {
        var builder = Start("w", 0.5f);
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", 1));
        builder.Node("Acosh", "strange", ["x"]);
        Assert.That(() => GradientGraph.Build(Finish(builder, "strange"), Request("w") with { Loss = "strange" }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no gradient reaches the trainable 'w'"));
    }

    [Test]
    public void Build_OperatorsByTheirFullName_AreKnown()
    {
        var builder = Start("w", 0.5f);
        builder.Node("Exp", "risen", ["w"]);
        builder.Graph.Node[^1].Domain = "ai.onnx";
        Assert.That(GradientGraph.Build(Finish(builder, "risen"), Request("w")).Trainable, Has.Count.EqualTo(1));
        builder.Graph.Node[0].Domain = "elsewhere";
        Assert.That(() => GradientGraph.Build(Finish(builder, "risen"), Request("w")), Throws.TypeOf<FeatureTransferException>());
    }

    // What is constant in the backward pass, the growth of a dropout for instance, is computed beforehand, and nothing in vain.
    [Test]
    public void Build_BackwardPass_HoldsNothingConstantAndNothingUnread()
    {
        var builder = Start("w", 0.5f);
        builder.Node("Pow", "square", ["w", builder.Constant("two", [2f])]);
        builder.Node("Erf", "bent", ["square"]);
        builder.Node("Where", "chosen", [builder.Node("Greater", "mask", ["bent", "two"]), "bent", "two"]);
        builder.Graph.Node.Add(new NodeProto { OpType = "Dropout", Input = { "chosen", builder.Constant("ratio", [0.5f]), builder.Node("Equal", "training", ["ratio", "ratio"]) }, Output = { "dropped" } });
        var graph = GradientGraph.Build(Finish(builder, "dropped"), Request("w")).Model.Proto.Graph;
        var constants = graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        var read = graph.Node.SelectMany(node => node.Input).Concat(graph.Output.Select(output => output.Name)).ToHashSet();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Node.Where(node => node.Input.All(constants.Contains)), Is.Empty);
            Assert.That(graph.Node.Where(node => !node.Output.Any(read.Contains)), Is.Empty);
            Assert.That(graph.Initializer.Where(tensor => !read.Contains(tensor.Name)), Is.Empty);
        }
    }

    // Whatever comes out has its type noted, for readers that infer none.
    [Test]
    public void Build_Outputs_HaveTypes()
    {
        var builder = Start("w", 0.5f);
        builder.Node("Cast", "whole", ["w"], GraphBuilder.Int("to", (long)TensorProto.Types.DataType.Int64));
        builder.Node("Tanh", "bent", ["w"]);
        var outputs = GradientGraph.Build(Finish(builder, "bent"), Request("w") with { Keep = ["whole", "loss"] }).Model.Proto.Graph.Output;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outputs.Select(output => output.Name), Is.EqualTo(new[] { "loss", "whole", "grad/w" }));
            Assert.That(outputs.Select(output => (TensorProto.Types.DataType)output.Type.TensorType.ElemType),
                Is.EqualTo(new[] { TensorProto.Types.DataType.Float, TensorProto.Types.DataType.Int64, TensorProto.Types.DataType.Float }));
            Assert.That(outputs[2].Type.TensorType.Shape.Dim.Select(size => size.DimValue), Is.EqualTo(new[] { 1L }));
        }
    }

    private static GraphBuilder Product()
    {
        var builder = Start("w", 0.5f);
        builder.Graph.Input.Add(GraphBuilder.FloatValue("factor", 1));
        builder.Node("Mul", "product", [builder.Node("Tanh", "bent", ["w"]), builder.Node("Exp", "risen", ["w"])]);
        return builder;
    }

    private static GraphBuilder Start(string weight, float value)
    {
        var builder = new GraphBuilder("small");
        builder.Constant(weight, [value], 1);
        return builder;
    }

    private static OnnxModel Finish(GraphBuilder builder, string output)
    {
        if (!builder.Graph.Node.Any(node => node.Output.Contains("loss")))
            builder.Node("ReduceSum", "loss", [output], GraphBuilder.Int("keepdims", 0));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return new OnnxModel(proto, "small");
    }

    private static GradientRequest Request(params string[] trainable) => new() { Loss = "loss", Trainable = trainable };

    private static Dictionary<string, double> Run(TrainingGraph graph, params (string Name, double Value)[] weights)
    {
        GradientCheck.AssertStandard(graph.Model);
        using var session = new NumberSession(graph.Model);
        var results = session.Run(weights.ToDictionary(weight => weight.Name, weight => (new[] { weight.Value }, new long[] { 1 })));
        return results.ToDictionary(result => result.Key, result => result.Value.Values[0]);
    }
}
