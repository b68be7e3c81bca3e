using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Proto;
using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Tests.Gradients;

public class GradientContextTests
{
    [Test]
    public void Emit_EqualNode_IsTheSame()
    {
        var graph = Pair();
        var context = graph.Context;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.Emit("Add", ["a", "b"]), Is.EqualTo("y"), "the forward node is there already");
            Assert.That(context.Emit("Add", ["b", "a"]), Is.EqualTo("y"), "order does not count for sums");
            Assert.That(context.Emit("Mul", ["a", "b"]), Is.EqualTo(context.Emit("Mul", ["b", "a"])).And.EqualTo("backward/y/Mul"));
            Assert.That(context.Emit("Sub", ["a", "b"]), Is.Not.EqualTo(context.Emit("Sub", ["b", "a"])));
            Assert.That(context.Emit("Softmax", ["a"], GraphBuilder.Int("axis", 0)), Is.Not.EqualTo(context.Emit("Softmax", ["a"], GraphBuilder.Int("axis", 1))));
            Assert.That(
                context.Emit("ReduceSum", ["a"], GraphBuilder.Int("keepdims", 0), GraphBuilder.Int("noop_with_empty_axes", 1)),
                Is.EqualTo(context.Emit("ReduceSum", ["a"], GraphBuilder.Int("noop_with_empty_axes", 1), GraphBuilder.Int("keepdims", 0))));
            Assert.That(graph.Nodes.Select(node => node.Name), Is.EqualTo(graph.Nodes.Select(node => node.Output[0])));
        }
    }

    [TestCase("Dropout")]
    [TestCase("RandomNormal")]
    [TestCase("RandomNormalLike")]
    [TestCase("RandomUniform")]
    [TestCase("RandomUniformLike")]
    [TestCase("Multinomial")]
    [TestCase("Bernoulli")]
    public void Emit_RandomNode_IsAnotherOneEveryTime(string op)
    {
        var node = EmittedGraph.Node("Relu", "a");
        var graph = new EmittedGraph(node, ("a", [2, 3]));
        var first = graph.Context.Emit(op, ["a"]);
        Assert.That(graph.Context.Emit(op, ["a"]), Is.Not.EqualTo(first));
    }

    [Test]
    public void EmitMany_MoreOutputsThanThere_IsAnotherNode()
    {
        var context = Pair().Context;
        var one = context.EmitMany("TopK", 1, ["a", "b"]);
        var two = context.EmitMany("TopK", 2, ["a", "b"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(one, Has.Length.EqualTo(1));
            Assert.That(two, Has.Length.EqualTo(2).And.None.EqualTo(one[0]));
            Assert.That(context.EmitMany("TopK", 1, ["a", "b"])[0], Is.EqualTo(two[0]));
        }
    }

    [Test]
    public void Constants_EqualOnes_AreStoredOnce()
    {
        var graph = Pair();
        var context = graph.Context;
        string[] names = [context.Scalar(1), context.Scalar(1), context.Scalar(2), context.Floats(1), context.Ints(1), context.Ints(1)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(names.Distinct(), Has.Exactly(4).Items);
            Assert.That(graph.Model.Proto.Graph.Initializer.Select(tensor => tensor.Name), Is.EqualTo(names.Distinct()));
            Assert.That(names[0], Is.EqualTo("backward/constant"));
            Assert.That(context.ConstantFloats(names[2]), Is.EqualTo(new[] { 2f }));
            Assert.That(context.Shape(names[0]), Is.Empty);
            Assert.That(context.Shape(names[3]), Is.EqualTo(new long?[] { 1 }));
            Assert.That(context.ConstantInts(names[4]), Is.EqualTo(new[] { 1L }));
            Assert.That(context.ConstantInts("a"), Is.Null);
            Assert.That(context.ConstantFloats("a"), Is.Null);
        }
    }

    [Test]
    public void EmitKernel_Operator_IsDeclaredInTheModelOnce()
    {
        var graph = Pair();
        var output = graph.Context.EmitKernel(PassedGradient.OperatorName, ["a", "b"]);
        graph.Context.EmitKernel(PassedGradient.OperatorName, ["b", "a"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Nodes.Select(node => node.Domain), Is.EqualTo(new[] { KernelOperators.Domain, KernelOperators.Domain }));
            Assert.That(graph.Model.Proto.OpsetImport.Count(set => set.Domain == KernelOperators.Domain), Is.EqualTo(1));
            Assert.That(graph.Context.Emit(PassedGradient.OperatorName, ["a", "b"], GraphBuilder.Ints(KernelNode.Attribute, 0)), Is.Not.EqualTo(output), "another domain, another operator");
        }
    }

    [TestCase(new long[] { 2, 3 }, "Reshape 2 3")]
    [TestCase(new long[] { -1, 3 }, "Reshape -1 3")]
    [TestCase(new long[] { -1, -1 }, "Shape, Reshape")]
    public void ReshapeLike_Shape_IsAConstantWhereOneSizeIsFreeAtMost(long[] shape, string expected)
    {
        var graph = new EmittedGraph(EmittedGraph.Node("Relu", "a"), ("a", shape));
        graph.Context.ReshapeLike("a", "y");
        Assert.That(Show(graph), Is.EqualTo(expected));
    }

    // A size of 0 in the constant would mean: as it was.
    [Test]
    public void ReshapeLike_EmptyTensor_TakesTheShapeFromTheGraph()
    {
        var graph = Pair();
        graph.Context.ReshapeLike("a", graph.Context.Constant(TensorValues.Floats(DataType.Float, [], 0, 3)));
        Assert.That(Show(graph), Is.EqualTo("Shape, Reshape"));
    }

    [TestCase(new long[] { 2, 3 }, "")]
    [TestCase(new long[] { -1, 3 }, "Shape")]
    public void ShapeOf_Tensor_IsAConstantWhereEverySizeIsFixed(long[] shape, string expected)
    {
        var graph = new EmittedGraph(EmittedGraph.Node("Relu", "a"), ("a", shape));
        var name = graph.Context.ShapeOf("y");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Show(graph), Is.EqualTo(expected));
            Assert.That(graph.Context.ConstantInts(name), expected.Length > 0 ? Is.Null : Is.EqualTo(shape));
        }
    }

    [Test]
    public void Rank_UnknownTensor_SaysWhy() => Assert.That(() => Pair().Context.Rank("strange"), Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo(
        "emitted: the operator Add of node 'node' cannot be trained through: the rank of 'strange' cannot be told before the graph runs. "
        + "Training works from layer 'y' on: leave the weights before it frozen."));

    [Test]
    public void Unsupported_NodeWithoutAName_IsNamedByItsOutput()
    {
        var node = new NodeProto { OpType = "Dropout", Input = { "a" }, Output = { "y" } };
        Assert.That(new EmittedGraph(node, ("a", [2])).Context.Unsupported("it rains").Message, Does.Contain("operator Dropout of node 'y' cannot be trained through: it rains. "));
    }

    [Test]
    public void ForwardOutput_OutputLeftOut_GetsAName()
    {
        var node = EmittedGraph.Node("Dropout", "a");
        var context = new EmittedGraph(node, ("a", [2, 3])).Context;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.ForwardOutput(0), Is.EqualTo("y"));
            Assert.That(context.ForwardOutput(2), Is.EqualTo("y/2"));
            Assert.That(node.Output, Is.EqualTo(new[] { "y", "", "y/2" }));
            Assert.That(context.ForwardOutput(1), Is.EqualTo("y/1"));
            Assert.That(context.ForwardOutput(1), Is.EqualTo("y/1"));
            Assert.That(node.Output, Is.EqualTo(new[] { "y", "y/1", "y/2" }));
        }
    }

    [Test]
    public void Accumulate_InputThatDoesNotLearn_IsLeftOut()
    {
        var graph = new EmittedGraph(EmittedGraph.Node("Sum", "a", "b", "", "a"), ("a", [2]), ("b", [2]));
        var context = graph.Context;
        for (var i = 0; i < context.InputCount; i++)
            context.Accumulate(i, "b");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Enumerable.Range(0, 5).Select(context.HasInput), Is.EqualTo(new[] { true, true, false, true, false }));
            Assert.That(Enumerable.Range(0, 5).Select(context.Needs), Is.EqualTo(new[] { true, false, false, true, false }));
            Assert.That(graph.Flow.Gradient("b"), Is.Null);
            Assert.That(graph.Flow.Gradient(""), Is.Null);
            Assert.That(graph.Flow.Gradient("a"), Is.EqualTo("backward/a/Add"));
        }
    }

    [Test]
    public void OutputGradient_OutputThatTheNodeLacks_IsNone()
    {
        var graph = Pair();
        graph.Flow.Add("y", "a");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Context.OutputGradient(0), Is.EqualTo("a"));
            Assert.That(graph.Context.OutputGradient(1), Is.Null);
        }
    }

    [Test]
    public void Gradient_PartsOfATensor_AreSummedOnce()
    {
        var graph = Pair();
        foreach (var part in new[] { "a", "b", "y" })
            graph.Flow.Add("y", part);
        var sum = graph.Flow.Gradient("y");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Flow.Gradient("y"), Is.EqualTo(sum));
            Assert.That(graph.Operators, Is.EqualTo(new[] { "Sum" }));
            Assert.That(graph.Nodes.Single().Input, Is.EqualTo(new[] { "a", "b", "y" }));
            Assert.That(graph.Flow.Needs("y"), Is.True);
            Assert.That(graph.Flow.Needs("b"), Is.False);
        }
    }

    [Test]
    public void Add_GradientOfUnknownShape_HasThatOfItsTensor()
    {
        var graph = Pair();
        graph.Flow.Add("y", "strange");
        graph.Flow.Add("y", "b");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Context.Shape("strange"), Is.EqualTo(new long?[] { 2, 3 }));
            Assert.That(graph.Context.Type("strange"), Is.EqualTo(DataType.Undefined), "its type is its own");
            Assert.That(graph.Context.Shape("b"), Is.EqualTo(new long?[] { 1, 3 }), "what is known stays");
        }
    }

    [Test]
    public void Multiply_TensorWithoutGradient_StaysWithout()
    {
        var graph = Pair();
        graph.Flow.Multiply("y", "b");
        Assert.That(graph.Flow.Gradient("y"), Is.Null);
        graph.Flow.Add("y", "a");
        graph.Flow.Multiply("y", "b");
        Assert.That(graph.Flow.Gradient("y"), Is.EqualTo("backward/y/Mul"));
    }

    [TestCase(true, "Relu", true)]
    [TestCase(false, "Relu", false)]
    [TestCase(true, "Shape", false)]
    public void UsesKernels_OnlyWhereAskedForAndForFloats(bool asked, string op, bool expected)
    {
        var request = new GradientRequest { Loss = "y", Trainable = ["a"], UseKernels = asked };
        Assert.That(new EmittedGraph(EmittedGraph.Node(op, "a"), request, ("a", [2, 3])).Context.UsesKernels, Is.EqualTo(expected));
    }

    [Test]
    public void ElementType_FirstOutputLeftOut_IsThatOfTheNext()
    {
        var node = EmittedGraph.Node("RNN", "a", "b", "c");
        node.Attribute.Add(GraphBuilder.Int("hidden_size", 2));
        node.Output.Insert(0, "");
        var context = new EmittedGraph(node, ("a", [5, 1, 3]), ("b", [1, 2, 3]), ("c", [1, 2, 2])).Context;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.ElementType, Is.EqualTo(DataType.Float));
            Assert.That(context.OutputCount, Is.EqualTo(2));
            Assert.That(context.Opset, Is.EqualTo(18));
            Assert.That(context.Emit("Relu", ["a"]), Is.EqualTo("backward/y/Relu"));
            Assert.That(context.Unsupported("it rains").Message, Does.EndWith("Training works from layer 'y' on: leave the weights before it frozen."));
        }
    }

    [Test]
    public void Shape_RankThatDiffers_IsUnknown()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new TensorFacts(DataType.Float, [2, 3], [2, 3, 1]).Shape, Is.Null);
            Assert.That(new TensorFacts(DataType.Float, null, [2, 3]).Shape, Is.Null);
            Assert.That(new TensorFacts(DataType.Float, [2, 3], null).Shape, Is.Null);
            Assert.That(new TensorFacts(DataType.Float, [2, 3], [4, 3]).Shape, Is.EqualTo(new long?[] { null, 3 }));
        }
    }

    private static EmittedGraph Pair() => new(EmittedGraph.Node("Add", "a", "b"), ("a", [2, 3]), ("b", [1, 3]));

    private static string Show(EmittedGraph graph) => string.Join(", ", graph.Nodes.Select(node =>
        node.OpType + (node.Input.Count > 1 && graph.Context.ConstantInts(node.Input[1]) is { } numbers ? $" {string.Join(' ', numbers)}" : "")));
}
