using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients;

public class ConstantFoldingTests
{
    // 2^18 bytes more than the constants take is the limit; eight bytes are reckoned for an element of ConstantOfShape.
    [TestCase("Expand", 65_000, true)]
    [TestCase("Expand", 66_000, false)]
    [TestCase("ConstantOfShape", 32_768, true)]
    [TestCase("ConstantOfShape", 32_769, false)]
    public void Apply_LargeResult_IsLeftToTheRun(string op, long count, bool folded)
    {
        var builder = new GraphBuilder("large");
        var sizes = builder.Constant("sizes", [count], 1);
        builder.Node(op, "large", op == "Expand" ? [builder.Constant("one", [1f], 1), sizes] : [sizes]);
        builder.Node("Add", "sum", ["large", "x"]);
        var graph = Apply(builder, "sum");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Node.Any(node => node.OpType == op), Is.EqualTo(!folded));
            Assert.That(graph.Initializer.SingleOrDefault(tensor => tensor.Name == "large")?.Dims, folded ? Is.EqualTo(new[] { count }) : Is.Null);
        }
    }

    [TestCase("Dropout")]
    [TestCase("RandomNormal")]
    [TestCase("RandomNormalLike")]
    [TestCase("RandomUniform")]
    [TestCase("RandomUniformLike")]
    [TestCase("Multinomial")]
    [TestCase("Bernoulli")]
    [TestCase("If")]
    [TestCase("Loop")]
    [TestCase("Scan")]
    [TestCase("EyeLike")]
    [TestCase("Tile")]
    [TestCase("Relu", "strange.domain")]
    public void Apply_OperatorThatMayNotBeFolded_Stays(string op, string domain = "")
    {
        var builder = new GraphBuilder("kept");
        builder.Node(op, "kept", [builder.Constant("c", [1f], 1)]);
        builder.Graph.Node[^1].Domain = domain;
        builder.Node("Add", "sum", ["kept", "x"]);
        Assert.That(Apply(builder, "sum").Node.Select(node => node.OpType), Is.EqualTo(new[] { op, "Add" }));
    }

    [Test]
    public void Apply_ChainOfConstants_IsReplacedByItsResults()
    {
        var builder = new GraphBuilder("chain");
        builder.Node("Neg", "minus", [builder.Constant("c", [1f, -2f], 2)]);
        builder.Node("Relu", "positive", ["minus"]);
        builder.Graph.Node[^1].Domain = "ai.onnx";
        builder.Node("Add", "sum", ["positive", "x"]);
        builder.Node("Abs", "put_out", ["c"]);
        var graph = Apply(builder, "sum", "put_out");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Node.Select(node => node.OpType), Is.EqualTo(new[] { "Add", "Abs" }), "what the graph puts out is computed in it");
            Assert.That(TensorValues.Floats(graph.Initializer.Single(tensor => tensor.Name == "positive")), Is.EqualTo(new[] { 0f, 2f }));
        }
    }

    [Test]
    public void Apply_InputsAndOutputsLeftOut_AreNoTensors()
    {
        var builder = new GraphBuilder("left out");
        builder.Node("Clip", "clipped", [builder.Constant("c", [3f, 1f, 2f], 3), "", builder.Constant("most", [2.5f])]);
        builder.Node("Reshape", "row", ["clipped", builder.Constant("shape", [1L, 1L, 3L], 3)]);
        builder.Graph.Node.Add(new NodeProto { OpType = "MaxPool", Input = { "row" }, Output = { "pooled", "" }, Attribute = { GraphBuilder.Ints("kernel_shape", 2) } });
        builder.Node("Add", "sum", ["pooled", "x"]);
        var graph = Apply(builder, "sum");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Node.Select(node => node.OpType), Is.EqualTo(new[] { "Add" }));
            Assert.That(TensorValues.Floats(graph.Initializer.Single(tensor => tensor.Name == "pooled")), Is.EqualTo(new[] { 2.5f, 2f }));
        }
    }

    // What grows is reckoned beside the constants that are there already.
    [Test]
    public void Apply_ResultAsLargeAsItsConstant_IsFolded()
    {
        var builder = new GraphBuilder("large");
        builder.Node("Neg", "large", [builder.Constant("c", new float[70_000], 70_000)]);
        builder.Node("Add", "sum", ["large", "x"]);
        Assert.That(Apply(builder, "sum").Node.Select(node => node.OpType), Is.EqualTo(new[] { "Add" }));
    }

    [Test]
    public void Apply_ResultAsLargeAsItsConstantsTogether_IsFolded()
    {
        var builder = new GraphBuilder("large");
        builder.Node("Concat", "large", Enumerable.Range(0, 3).Select(i => builder.Constant($"c{i}", new float[50_000], 50_000)).ToList(), GraphBuilder.Int("axis", 0));
        builder.Node("Add", "sum", ["large", "x"]);
        Assert.That(Apply(builder, "sum").Node.Select(node => node.OpType), Is.EqualTo(new[] { "Add" }));
    }

    // One of two results is too large: the node stays for it.
    [Test]
    public void Apply_NodeWithOneLargeResult_Stays()
    {
        var builder = new GraphBuilder("halves");
        builder.Node("Expand", "all", [builder.Constant("one", [1f], 1), builder.Constant("sizes", [71_000L], 1)]);
        builder.Graph.Node.Add(new NodeProto { OpType = "Split", Input = { "all", builder.Constant("parts", [70_000L, 1_000], 2) }, Output = { "large", "small" } });
        builder.Node("Concat", "sum", ["large", "small", "x"], GraphBuilder.Int("axis", 0));
        Assert.That(Apply(builder, "sum").Node.Select(node => node.OpType), Is.EqualTo(new[] { "Expand", "Split", "Concat" }));
    }

    [Test]
    public void Apply_NodeOfWhichOneResultIsPutOut_Stays()
    {
        var builder = new GraphBuilder("halves");
        builder.Graph.Node.Add(new NodeProto { OpType = "Split", Input = { builder.Constant("c", [1f, 2f], 2), builder.Constant("parts", [1L, 1], 2) }, Output = { "first", "last" } });
        builder.Node("Add", "sum", ["first", "x"]);
        Assert.That(Apply(builder, "sum", "last").Node.Select(node => node.OpType), Is.EqualTo(new[] { "Split", "Add" }));
    }

    [Test]
    public void Apply_PartThatCannotBeComputed_NamesTheModel()
    {
        var builder = new GraphBuilder("strange");
        builder.Node("NoSuchOperator", "strange", [builder.Constant("c", [1f], 1)]);
        builder.Node("Add", "sum", ["strange", "x"]);
        Assert.That(() => Apply(builder, "sum"), Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith("folded: "));
    }

    [Test]
    public void Apply_TextsAndSequences_AreLeftToTheRun()
    {
        var builder = new GraphBuilder("texts");
        builder.Node("Cast", "text", [builder.Constant("c", [3f, 1f], 2)], GraphBuilder.Int("to", (long)TensorProto.Types.DataType.String));
        builder.Node("SequenceConstruct", "list", ["c", "c"]);
        builder.Node("SequenceLength", "length", ["list"]);
        builder.Node("Sum", "sum", ["c", "x"]);
        var graph = Apply(builder, "sum");
        Assert.That(graph.Node.Select(node => node.OpType), Is.EqualTo(new[] { "Cast", "SequenceConstruct", "Sum" }));
    }

    private static GraphProto Apply(GraphBuilder builder, params string[] outputs)
    {
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", 1));
        builder.Graph.Output.AddRange(outputs.Select(name => new ValueInfoProto { Name = name }));
        ConstantFolding.Apply(new OnnxModel(new ModelProto { IrVersion = 8, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } }, "folded"));
        return builder.Graph;
    }
}
