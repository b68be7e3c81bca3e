using FeatureTransfer.Onnx.Kernels.Integers;

namespace FeatureTransfer.Onnx.Tests.Fusion;

/// <summary>Depthwise convolutions of bytes against ONNX Runtime's own, whose bytes they give.</summary>
[TestFixture]
internal sealed class QuantizedDepthwiseTests : IntegerFixture
{
    // Channels that come out even by thirty-two and that do not, images lower than a band and higher, narrower than a window, and of one pixel.
    [TestCase(32, 1, "1,1,1,1", 7, 9, 0, 0)]
    [TestCase(64, 1, "1,1,1,1", 40, 33, 3, 120)]
    [TestCase(33, 1, "0,0,1,1", 12, 5, 128, 7)]
    [TestCase(144, 2, "0,0,1,1", 14, 14, 0, 0)]
    [TestCase(144, 2, "1,1,1,1", 15, 13, 255, 255)]
    [TestCase(40, 2, "1,0,0,1", 8, 11, 17, 200)]
    [TestCase(48, 1, "0,0,0,0", 3, 3, 90, 1)]
    [TestCase(48, 1, "1,1,1,1", 1, 1, 90, 1)]
    [TestCase(96, 2, "1,1,0,0", 2, 2, 5, 128)]
    [TestCase(32, 1, "1,1,1,1", 9, 500, 60, 128)]
    [TestCase(32, 2, "0,1,1,1", 61, 1, 60, 128)]
    public void Rewrite_Depthwise_GivesTheSameBytes(int channels, int stride, string pads, int height, int width, int inputZero, int outputZero)
    {
        var convolution = new QuantizedConvolution(channels) { Stride = stride, Pads = pads, InputZero = (byte)inputZero, OutputZero = (byte)outputZero };
        Assert.That(convolution.Operators(), Is.EqualTo(new[] { IntegerDepthwise.OperatorName }));
        var expected = convolution.Run(2, height, width, isRewritten: false);
        Assert.That(convolution.Run(2, height, width, isRewritten: true), Is.EqualTo(expected));
        Assert.That(convolution.Run(2, height, width, isRewritten: true, threads: 2), Is.EqualTo(expected));
    }

    [TestCase("SAME_UPPER", 1)]
    [TestCase("SAME_LOWER", 1)]
    [TestCase("VALID", 2)]
    public void Rewrite_PaddingByName_GivesTheSameBytes(string padding, int stride)
    {
        var convolution = new QuantizedConvolution(32) { AutoPad = padding, Stride = stride, InputZero = 3 };
        Assert.That(convolution.Operators(), Is.EqualTo(new[] { IntegerDepthwise.OperatorName }));
        Assert.That(convolution.Run(1, 8, 8, isRewritten: true), Is.EqualTo(convolution.Run(1, 8, 8, isRewritten: false)));
    }

    [TestCase(0.0001f, 100)]
    [TestCase(4, 1_000_000_000)]
    public void Rewrite_SumsBeyondABytesRange_AreCutOffAlike(float outputScale, int bias)
    {
        var convolution = new QuantizedConvolution(64) { OutputScale = outputScale, Bias = bias, OutputZero = 100 };
        var expected = convolution.Run(1, 12, 12, isRewritten: false);
        Assert.That(convolution.Operators(), Is.EqualTo(new[] { IntegerDepthwise.OperatorName }));
        Assert.That(expected, Has.Some.EqualTo(0).And.Some.EqualTo(255));
        Assert.That(convolution.Run(1, 12, 12, isRewritten: true), Is.EqualTo(expected));
    }

    [Test]
    public void Rewrite_NoBiasAndOneScale_GivesTheSameBytes()
    {
        var convolution = new QuantizedConvolution(96) { HasBias = false, HasOneScale = true, InputZero = 128, OutputZero = 128 };
        Assert.That(convolution.Operators(), Is.EqualTo(new[] { IntegerDepthwise.OperatorName }));
        Assert.That(convolution.Run(2, 9, 9, isRewritten: true), Is.EqualTo(convolution.Run(2, 9, 9, isRewritten: false)));
    }

    // 587,520 is what a window of the largest bytes and weights comes to, and once more for the input's zero.
    [TestCase(int.MaxValue - 587_520, 0.25f, true)]
    [TestCase(587_520 - int.MaxValue, 0.25f, true)]
    [TestCase(int.MaxValue - 587_519, 0.25f, false)]
    [TestCase(int.MinValue, 0.25f, false)]
    [TestCase(int.MaxValue - 587_520, 0.51f, false)]
    [TestCase(0, float.NaN, false)]
    public void Hold_Sums_OnlyWithinThirtyTwoBits(int bias, float scale, bool expected) => Assert.That(IntegerWeights.Hold([0, bias], [0.1f, scale]), Is.EqualTo(expected));

    [Test]
    public void Rewrite_AnotherConvolution_Stays()
    {
        QuantizedConvolution[] others =
        [
            new(31), new(32) { Size = 5, Pads = "2,2,2,2" }, new(32) { Dilation = 2 }, new(32) { Stride = 3 }, new(32) { Pads = "2,1,1,1" }, new(32) { IsGrouped = false },
            new(32) { HasChannelsLast = false }, new(32) { WeightZero = 1 }, new(32) { AutoPad = "SAME_UPPER", Stride = 2 },
            new(32) { OutputScale = 1e-12f },
        ];
        Assert.That(others.Select(other => string.Join(' ', other.Operators())), Is.All.EqualTo("QLinearConv"));
    }
}
