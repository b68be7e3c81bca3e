using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class SignedWeightTests
{
    [Test]
    public void Of_ChannelsInRowsOrColumns_AScaleEach([Values] bool columns)
    {
        var weight = columns ? SignedWeight.Of([-2, 3, 0.5f, 4], 2, 1, null, 1) : SignedWeight.Of([-2, 0.5f, 3, 4], 2, 2, null, 1);
        Assert.Multiple(() =>
        {
            Assert.That(weight.Scales, Is.EqualTo(new[] { 2 / 127f, 4 / 127f }).Within(1e-7));
            Assert.That(weight.Values, Is.EqualTo(columns ? new[] { -127, 95, 32, 127 } : [-127, 32, 95, 127]));
        });
    }

    [Test]
    public void Of_ChannelOfZeros_IsZerosWithAScale()
    {
        var weight = SignedWeight.Of([0, 0, 1, 2], 2, 2, null, 1);
        Assert.Multiple(() =>
        {
            Assert.That(weight.Scales[0], Is.EqualTo(1));
            Assert.That(weight.Values, Is.EqualTo(new[] { 0, 0, 64, 127 }));
        });
    }

    // In steps of 0.001 * 0.1 / 127, the larger ones would take more than 2^40.
    [TestCase(1e6f)]
    [TestCase(-1e6f)]
    public void Of_LargeBias_HasASteppingThatItFits(float bias)
    {
        var weight = SignedWeight.Of([0.1f, -0.1f], 2, 1, [bias, 0.5f], 0.001f);
        var integers = weight.Bias([bias, 0.5f], 0.001f);
        Assert.Multiple(() =>
        {
            Assert.That(weight.Scales[0], Is.EqualTo(1e6 / (0.001 * (1 << 30))).Within(0.001).Percent);
            Assert.That(Math.Abs(integers[0]), Is.EqualTo(1 << 30).Within(0.001).Percent);
            Assert.That(integers[0] * (double)weight.BiasScales(0.001f)[0], Is.EqualTo(bias).Within(0.001).Percent);
            Assert.That(weight.Scales[1], Is.EqualTo(0.1f / 127).Within(1e-9), "a small bias changes nothing");
            Assert.That(integers[1], Is.EqualTo(635000).Within(1));
        });
    }
}
