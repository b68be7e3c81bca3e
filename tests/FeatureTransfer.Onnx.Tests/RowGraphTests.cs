namespace FeatureTransfer.Onnx.Tests;

public class RowGraphTests
{
    [Test]
    public void Wrap_AnyGraph_RunsARowAndComesBackToTheByte([Values] bool named)
    {
        var model = SmallModels.Image();
        var before = model.ToBytes();
        var wrapped = RowGraph.Wrap(model, [1, 2, 2, 2], [8], named ? ["a", "ü", "縞", "d", "e", "f", "g", "h"] : [], decisions: false);
        Assert.That(model.ToBytes(), Is.EqualTo(before), "it stays as it was");
        Assert.That(Onnxes.Run(wrapped, [1, 2, 3, 4, 5, 6, 7, 8], [1, 8])[RowGraph.Output], Is.EqualTo(new float[] { 1, 3, 5, 7, 9, 11, 13, 15 }));
        var read = OnnxModel.Parse(wrapped.ToBytes(), "read");
        Assert.That(read.Outputs.Single().Shape, Is.EqualTo(new long?[] { 8 }));
        Assert.That(RowGraph.Unwrap(read)!.ToBytes(), Is.EqualTo(before));
    }

    [Test]
    public void Unwrap_AnotherModel_IsNull() => Assert.That(RowGraph.Unwrap(SmallModels.Image()), Is.Null);
}
