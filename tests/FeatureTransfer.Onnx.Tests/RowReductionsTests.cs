using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests;

public class RowReductionsTests
{
    // Everything softer than the loudest less 3 is raised, and everything above 8 lowered.
    private static OnnxModel Model()
    {
        var builder = new GraphBuilder("g");
        builder.Graph.Input.Add(GraphBuilder.FloatValue("x", -1, 3));
        var loudest = builder.Node("ReduceMax", "loudest", ["x"], GraphBuilder.Int("keepdims", 0));
        var floor = builder.Node("Sub", "floor", [loudest, builder.Constant("three", [3f])]);
        builder.Node("Clip", "y", ["x", floor, builder.Constant("eight", [8f])]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue("y", -1, 3));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 18 });
        return new OnnxModel(proto, "m");
    }

    [Test]
    public void Apply_AMaximumOverAll_IsEachRowsOwn()
    {
        float[] rows = [1, 2, 3, 7, 1, 10];
        var before = Onnxes.Run(Model(), rows, [2, 3])["y"];
        var model = Model();
        RowReductions.Apply(model.Proto.Graph, rank: 2);
        Assert.Multiple(() =>
        {
            Assert.That(before, Is.EqualTo(new float[] { 7, 7, 7, 7, 7, 8 }));
            Assert.That(Onnxes.Run(model, rows, [2, 3])["y"], Is.EqualTo(new float[] { 1, 2, 3, 7, 7, 8 }));
            Assert.That(Onnxes.Run(model, rows[3..], [1, 3])["y"], Is.EqualTo(Onnxes.Run(Model(), rows[3..], [1, 3])["y"]));
        });
    }
}
