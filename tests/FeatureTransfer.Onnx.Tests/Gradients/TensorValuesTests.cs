using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;
using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Tests.Gradients;

public class TensorValuesTests
{
    [Test]
    public void Ints_AnyStorage_AreRead()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(TensorValues.Ints(TensorValues.Ints([5, -6], 2)), Is.EqualTo(new[] { 5L, -6 }));
            Assert.That(TensorValues.Ints(new TensorProto { DataType = (int)DataType.Int64, Int64Data = { 5, -6 } }), Is.EqualTo(new[] { 5L, -6 }));
            Assert.That(TensorValues.Ints(TensorValues.Tensor(DataType.Int32, [5, 0, 0, 0, 0xfa, 0xff, 0xff, 0xff], [2])), Is.EqualTo(new[] { 5L, -6 }));
            Assert.That(TensorValues.Ints(new TensorProto { DataType = (int)DataType.Int32, Int32Data = { 5, -6 } }), Is.EqualTo(new[] { 5L, -6 }));
            Assert.That(TensorValues.Ints(TensorValues.Floats(DataType.Float, [1f])), Is.Null);
        }
    }

    [TestCase(DataType.Float)]
    [TestCase(DataType.Double)]
    public void Floats_AnyStorage_AreRead(DataType type)
    {
        var fields = new TensorProto { DataType = (int)type, FloatData = { 1.5f, -2f } };
        if (type == DataType.Double)
            fields = new TensorProto { DataType = (int)type, DoubleData = { 1.5, -2 } };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(TensorValues.Floats(TensorValues.Floats(type, [1.5f, -2f], 2)), Is.EqualTo(new[] { 1.5f, -2f }));
            Assert.That(TensorValues.Floats(fields), Is.EqualTo(new[] { 1.5f, -2f }));
            Assert.That(TensorValues.Floats(TensorValues.Ints([1])), Is.Null);
        }
    }

    [TestCase(DataType.Float, 4)]
    [TestCase(DataType.Double, 8)]
    [TestCase(DataType.Float16, 2)]
    public void Floats_AnyPrecision_HaveItsWidthAndShape(DataType type, int width)
    {
        var tensor = TensorValues.Floats(type, [1f, 2f, 3f, 4f, 5f, 6f], 2, 3);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tensor.RawData, Has.Length.EqualTo(6 * width));
            Assert.That(tensor.Dims, Is.EqualTo(new[] { 2L, 3 }));
            Assert.That(tensor.DataType, Is.EqualTo((int)type));
        }
    }

    [Test]
    public void Floats_Half_HoldTheNumbers() =>
        Assert.That(TensorValues.Floats(DataType.Float16, [1f, -2f], 2).RawData, Is.EqualTo(new byte[] { 0x00, 0x3c, 0x00, 0xc0 }));

    [TestCase(DataType.Float, true)]
    [TestCase(DataType.Double, true)]
    [TestCase(DataType.Float16, true)]
    [TestCase(DataType.Bfloat16, true)]
    [TestCase(DataType.Int64, false)]
    [TestCase(DataType.Bool, false)]
    public void IsFloating_Type_IsOneWithGradients(DataType type, bool expected) => Assert.That(TensorValues.IsFloating(type), Is.EqualTo(expected));

    [Test]
    public void Attribute_Tensor_HoldsItAsOne()
    {
        var attribute = TensorValues.Attribute("value", TensorValues.Ints([1], 1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(attribute.Type, Is.EqualTo(AttributeProto.Types.AttributeType.Tensor));
            Assert.That(attribute.Name, Is.EqualTo("value"));
            Assert.That(TensorValues.Ints(attribute.T), Is.EqualTo(new[] { 1L }));
        }
    }

    [Test]
    public void Count_Sizes_AreMultiplied() => Assert.That((TensorValues.Count([2, 3, 4]), TensorValues.Count([])), Is.EqualTo((24L, 1L)));
}
