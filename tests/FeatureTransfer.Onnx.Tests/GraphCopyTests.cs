namespace FeatureTransfer.Onnx.Tests;

public class GraphCopyTests
{
    [Test]
    public void SharingWeights_ChangedCopy_LeavesTheOriginal()
    {
        var model = SmallModels.Convolution();
        model.Proto.ProducerName = "test";
        model.Proto.Graph.DocString = "of a test";
        var before = model.ToBytes();
        var copy = GraphCopy.SharingWeights(model);
        Assert.That(copy.ToBytes(), Is.EqualTo(before));
        copy.Proto.Graph.Node[0].Input[0] = "other";
        copy.Proto.Graph.Input[0].Name = "other";
        copy.Proto.Graph.Output[0].Name = "other";
        Assert.Multiple(() =>
        {
            Assert.That(model.ToBytes(), Is.EqualTo(before));
            Assert.That(copy.Proto.Graph.Initializer.Zip(model.Proto.Graph.Initializer).Select(pair => ReferenceEquals(pair.First, pair.Second)), Is.All.True);
        });
    }

    [TestCase(false, TestName = "WithoutWeights_LargeOnes_AreInputsOfTheirShape")]
    [TestCase(true, TestName = "WithoutWeights_ListedAmongTheInputs_AreListedOnce")]
    public void WithoutWeights(bool listed)
    {
        var model = Model();
        if (listed)
            model.Proto.Graph.Input.Add(GraphBuilder.FloatValue("large", 40, 30));
        var open = GraphCopy.WithoutWeights(model);
        using var session = OrtSessions.OpenForShapes(model);
        Assert.Multiple(() =>
        {
            Assert.That(open.Proto.Graph.Initializer.Select(tensor => tensor.Name), Is.EqualTo(new[] { "small" }));
            Assert.That(open.Inputs.Select(input => input.ToString()), Is.EqualTo(new[] { model.Inputs[0].ToString(), new TensorInfo("large", [40, 30]).ToString() }));
            Assert.That(session.OutputMetadata["y"].Dimensions, Is.EqualTo(new[] { -1, 30 }));
            Assert.That(session.InputMetadata, Has.Count.EqualTo(2));
        });
    }

    /// <summary>x (batch, 40) times a large matrix, plus a small row -> y (batch, 30).</summary>
    private static OnnxModel Model()
    {
        var builder = new GraphBuilder("large");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 40));
        builder.Node("Gemm", "y", ["x", builder.Constant("large", new float[1200], 40, 30), builder.Constant("small", new float[30], 30)]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue("y", -1, 30));
        var proto = new Proto.ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new Proto.OperatorSetIdProto { Version = 17 });
        return new OnnxModel(proto, "large");
    }
}
