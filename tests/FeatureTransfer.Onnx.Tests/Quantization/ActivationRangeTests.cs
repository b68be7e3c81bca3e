using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class ActivationRangeTests
{
    [TestCase(1, 2.55f, 0.01f, 0)]
    [TestCase(-2.55f, -1, 0.01f, 255)]
    [TestCase(-1, 1.55f, 0.01f, 100)]
    [TestCase(0, 0, 1e-8f, 0)]
    public void New_Range_HoldsZeroAtAnInteger(float min, float max, float scale, int zero)
    {
        var range = new ActivationRange(min, max);
        Assert.Multiple(() =>
        {
            Assert.That(range.Scale, Is.EqualTo(scale).Within(0.001).Percent);
            Assert.That(range.ZeroPoint, Is.EqualTo(zero));
        });
    }
}
