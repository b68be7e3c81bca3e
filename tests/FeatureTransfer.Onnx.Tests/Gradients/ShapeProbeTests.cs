using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;
using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Tests.Gradients;

public class ShapeProbeTests
{
    [TestCase(false, new long[] { 2, 3, 224, 225 }, new long[] { 2, 8, 9 }, new long[] { 2, 5 })]
    [TestCase(true, new long[] { 3, 3, 256, 225 }, new long[] { 3, 12, 13 }, new long[] { 3, 5 })]
    public void Measure_FreeSizes_AreChosenByPlaceAndRank(bool second, long[] image, long[] sequence, long[] row)
    {
        var builder = new GraphBuilder("free");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("image", -1, 3, 0, 225));
        builder.Graph.Input.Add(GraphBuilder.FloatValue("sequence", -1, -1, -1));
        builder.Graph.Input.Add(GraphBuilder.FloatValue("row", -1, 5));
        foreach (var name in new[] { "image", "sequence", "row" })
            builder.Node("Relu", $"{name}/relu", [name]);
        // Free sizes of one name have to agree in what ONNX Runtime infers, so each gets its own.
        foreach (var (size, i) in builder.Graph.Input.SelectMany(input => input.Type.TensorType.Shape.Dim).Select((size, i) => (size, i)).Where(pair => pair.size.DimParam.Length > 0))
            size.DimParam = $"free{i}";

        var facts = ShapeProbe.Measure(Model(builder), second);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts["image/relu"], Is.EqualTo((DataType.Float, image)));
            Assert.That(facts["sequence/relu"], Is.EqualTo((DataType.Float, sequence)));
            Assert.That(facts["row/relu"], Is.EqualTo((DataType.Float, row)));
            Assert.That(facts["row"], Is.EqualTo((DataType.Float, row)), "inputs are measured too");
        }
    }

    [Test]
    public void Measure_Model_StaysAsItIs()
    {
        var model = Model(Computed(DataType.Float));
        var before = model.ToBytes();
        ShapeProbe.Measure(model, second: false);
        Assert.That(model.ToBytes(), Is.EqualTo(before));
    }

    // The shape is computed from values of the input, which inference cannot know: a run on zeros tells.
    [TestCase(DataType.Float)]
    [TestCase(DataType.Double)]
    [TestCase(DataType.Int64)]
    [TestCase(DataType.Int32)]
    [TestCase(DataType.Bool)]
    public void Measure_ShapeFromValues_IsFoundByARun(DataType type)
    {
        var facts = ShapeProbe.Measure(Model(Computed(type)), second: false);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts["expanded"], Is.EqualTo((DataType.Float, new long[] { 4, 3 })));
            Assert.That(facts["numbers"], Is.EqualTo((DataType.Int64, new long[] { 2 })));
        }
    }

    [Test]
    public void Measure_ShapeFromValuesOfAnInputThatCannotBeMadeUp_IsUnknown()
    {
        var facts = ShapeProbe.Measure(Model(Computed(DataType.Uint8)), second: false);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts["expanded"].Shape, Is.Null);
            Assert.That(facts["expanded"].Type, Is.EqualTo(DataType.Float));
            Assert.That(facts["numbers"].Shape, Is.EqualTo(new long[] { 2 }), "inference knows it");
            Assert.That(facts["flat"].Shape, Is.EqualTo(new long[] { 2, 1 }));
            Assert.That(facts["count"].Shape, Is.Empty);
            Assert.That(facts["deep"].Shape, Is.Null, "not even the number of axes is known, which the runtime calls none");
        }
    }

    [Test]
    public void Measure_NumberWithoutAxes_IsKnownToHaveNone()
    {
        var builder = new GraphBuilder("scalar");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", -1, 5));
        builder.Node("ReduceSum", "sum", ["x"], GraphBuilder.Int("keepdims", 0));
        Assert.That(ShapeProbe.Measure(Model(builder), second: true)["sum"].Shape, Is.Empty);
    }

    [Test]
    public void Measure_SequenceOfTensors_IsLeftOut() => Assert.That(ShapeProbe.Measure(Model(Sequence()), second: false).Keys, Is.EquivalentTo(new[] { "x", "both" }));

    [Test]
    public void Measure_TensorOutOfASequence_HasTheShapeOfARun() =>
        Assert.That(ShapeProbe.Measure(Model(Sequence()), second: false)["both"].Shape, Is.EqualTo(new long[] { 2, 10 }));

    // Zeros times x plus (4, 3) is the shape to expand to.
    private static GraphBuilder Computed(DataType type)
    {
        var builder = new GraphBuilder("computed");
        var input = GraphBuilder.FloatValue("x", 2);
        input.Type.TensorType.ElemType = (int)type;
        builder.Graph.Input.Add(input);
        builder.Node("Cast", "numbers", ["x"], GraphBuilder.Int("to", (long)DataType.Int64));
        builder.Node("Reshape", "flat", ["x", builder.Constant("column", [2L, 1L], 2)]);
        builder.Node("Size", "count", ["x"]);
        builder.Node("Compress", "some", [builder.Constant("twice", [3L, 3L], 2), builder.Node("Cast", "truths", ["x"], GraphBuilder.Int("to", (long)DataType.Bool))]);
        builder.Node("Expand", "deep", [builder.Constant("one", [1f], 1), "some"]);
        builder.Node("Add", "sizes", ["numbers", builder.Constant("extra", [4L, 3L], 2)]);
        builder.Node("Expand", "expanded", ["one", "sizes"]);
        return builder;
    }

    private static GraphBuilder Sequence()
    {
        var builder = new GraphBuilder("sequence");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", -1, 5));
        builder.Node("SequenceConstruct", "list", ["x", "x"]);
        builder.Node("ConcatFromSequence", "both", ["list"], GraphBuilder.Int("axis", 1));
        return builder;
    }

    private static OnnxModel Model(GraphBuilder builder)
    {
        builder.Graph.Output.Add(new ValueInfoProto { Name = builder.Graph.Node[^1].Output[0] });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 18 });
        return new OnnxModel(proto, "probe");
    }
}
