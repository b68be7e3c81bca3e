using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Images;

namespace FeatureTransfer.Onnx.Tests.Kernels;

/// <summary>1 x 1 convolutions of few channels as nodes of a graph, against the definition.</summary>
[TestFixture(1, 1, 1)]
[TestFixture(7, 4, 79)]
[TestFixture(5, 6, 80)]
[TestFixture(3, 9, 1300)]
[TestFixture(16, 8, 1281)]
[TestFixture(200, 3, 2000)]
[TestFixture(33, 5, 9001)]
internal sealed class PixelOperatorTests(int channels, int outputs, int pixels)
{
    private static readonly long[] _ones = [1, 1];
    private readonly float[] _images = KernelSession.Numbers(1, channels, pixels);
    private readonly float[] _weights = KernelSession.Numbers(2, outputs, channels);

    private long[] Input => [channels, 1, pixels, 1];

    private long[] Output => [outputs, 1, pixels, 1];

    private long[] Weights => [outputs, channels, 1, 1];

    private Proto.AttributeProto Attribute => KernelNode.Write(_ones, _ones, _ones, [0, 0, 0, 0], [pixels, 1]);

    [Test]
    public void Forward_InAGraph_IsTheDefinition()
    {
        var (shape, values) = KernelSession.Run(PixelConvolution.OperatorName, Attribute, (_images, Input), (_weights, Weights));
        Assert.That(shape, Is.EqualTo(Output));
        Assert.That(values, Is.EqualTo(Forward()).Within(5e-5));
    }

    [Test]
    public void Forward_WithABiasAndAnActivation_IsTheDefinition()
    {
        var bias = KernelSession.Numbers(3, outputs);
        var attribute = KernelNode.WithBounds(Attribute, new Bounds(0, 0.75f));
        var (_, values) = KernelSession.Run(PixelConvolution.OperatorName, attribute, (_images, Input), (_weights, Weights), (bias, [outputs]));
        Assert.That(values, Is.EqualTo(Forward().Select((value, i) => Math.Clamp(value + bias[i / pixels], 0, 0.75))).Within(5e-5));
    }

    [Test]
    public void WeightGradient_InAGraph_IsTheDefinition()
    {
        var gradient = KernelSession.Numbers(4, outputs, pixels);
        var (shape, values) = KernelSession.Run(PixelWeightGradient.OperatorName, Attribute, (_images, Input), (gradient, Output));
        var count = outputs * channels;
        var sums = Enumerable.Range(0, count).Select(i => values.Where((_, place) => place % count == i).Sum(value => (double)value));
        var expected =
            from output in Enumerable.Range(0, outputs)
            from channel in Enumerable.Range(0, channels)
            select Enumerable.Range(0, pixels).Sum(pixel => (double)_images[(channel * pixels) + pixel] * gradient[(output * pixels) + pixel]);
        Assert.That(shape[1..], Is.EqualTo(Weights));
        Assert.That(sums, Is.EqualTo(expected).Within(2e-4));
    }

    [Test]
    public void Forward_OfNotANumber_IsNoneWithAnActivationToo()
    {
        float[] images = [.. Enumerable.Repeat(float.NaN, pixels), .. _images[pixels..]];
        var (_, values) = KernelSession.Run(PixelConvolution.OperatorName, KernelNode.WithBounds(Attribute, new Bounds(0, 6)), (images, Input), (_weights, Weights));
        Assert.That(values, Is.All.NaN);
    }

    private IEnumerable<double> Forward() =>
        from output in Enumerable.Range(0, outputs)
        from pixel in Enumerable.Range(0, pixels)
        select Enumerable.Range(0, channels).Sum(channel => (double)_weights[(output * channels) + channel] * _images[(channel * pixels) + pixel]);
}
