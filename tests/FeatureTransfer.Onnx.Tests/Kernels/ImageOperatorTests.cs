using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Images;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Kernels;

/// <summary>Convolutions of images with few channels as nodes of a graph, against the definition.</summary>
// Outputs, kernel, stride, dilation, padding before and behind along the height, then the width; then the size.
[TestFixture(6, new[] { 7, 2, 1, 3, 3, 7, 2, 1, 3, 3, 20, 23 })]
[TestFixture(4, new[] { 3, 1, 1, 1, 0, 2, 1, 1, 0, 1, 9, 90 })]
[TestFixture(1, new[] { 2, 3, 1, 0, 0, 3, 3, 2, 1, 2, 11, 10 })]
[TestFixture(9, new[] { 3, 2, 1, 0, 1, 3, 2, 1, 0, 1, 3, 3 })]
[TestFixture(5, new[] { 1, 1, 1, 0, 0, 9, 4, 1, 4, 4, 1, 400 })]
internal sealed class ImageOperatorTests(int outputs, int[] sizes)
{
    private const int Channels = 3, Images = 2;
    private readonly PlainConvolution _plain = new(
        new ConvolutionAttributes(new(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]), new(sizes[5], sizes[6], sizes[7], sizes[8], sizes[9])), sizes[10], sizes[11]);

    private AttributeProto Attribute => KernelNode.Write(
        [sizes[0], sizes[5]], [sizes[1], sizes[6]], [sizes[2], sizes[7]], [sizes[3], sizes[8], sizes[4], sizes[9]], [_plain.Rows, _plain.Columns]);

    private long[] Input => [Channels, Images, _plain.Rows, _plain.Columns];

    private long[] Output => [outputs, Images, _plain.OutputRows, _plain.OutputColumns];

    private long[] Weights => [outputs, Channels, sizes[0], sizes[5]];

    [Test]
    public void Forward_InAGraph_IsTheDefinition([Values] bool hasBias, [Values] bool isBounded)
    {
        var (images, weights, bias) = (KernelSession.Numbers(1, Input), KernelSession.Numbers(2, Weights), KernelSession.Numbers(3, outputs));
        List<(float[], long[])> inputs = [(images, Input), (weights, Weights)];
        if (hasBias)
            inputs.Add((bias, [outputs]));
        var (shape, values) = KernelSession.Run(ImageConvolution.OperatorName, isBounded ? KernelNode.WithBounds(Attribute, new Bounds(-0.5f, 1)) : Attribute, [.. inputs]);
        Assert.That(shape, Is.EqualTo(Output));
        Assert.That(values, Is.EqualTo(Forward(images, weights, hasBias ? bias : new float[outputs]).Select(value => isBounded ? Math.Clamp(value, -0.5, 1) : value)).Within(2e-5));
    }

    [Test]
    public void WeightGradient_InAGraph_IsTheDefinition()
    {
        var (images, gradient) = (KernelSession.Numbers(1, Input), KernelSession.Numbers(4, Output));
        var (shape, values) = KernelSession.Run(ImageWeightGradient.OperatorName, Attribute, (images, Input), (gradient, Output));
        var expected =
            from image in Enumerable.Range(0, Images)
            from output in Enumerable.Range(0, outputs)
            from channel in Enumerable.Range(0, Channels)
            from value in _plain.WeightGradient(Plane(images, Input, channel, image), Plane(gradient, Output, output, image))
            select value;
        Assert.That(shape, Is.EqualTo((long[])[Images, .. Weights]));
        Assert.That(values, Is.EqualTo(expected).Within(2e-4));
    }

    [Test]
    public void Forward_OfNotANumber_IsNoneWithAnActivationToo()
    {
        var images = KernelSession.Numbers(1, Input);
        Array.Fill(images, float.NaN);
        var weights = KernelSession.Numbers(2, Weights);
        var (_, values) = KernelSession.Run(ImageConvolution.OperatorName, KernelNode.WithBounds(Attribute, new Bounds(0, 6)), (images, Input), (weights, Weights));
        Assert.That(values, Is.All.NaN);
    }

    [Test]
    public void WeightGradient_OfSequences_HasOneAxisLess()
    {
        var attribute = KernelNode.Write([3], [1], [1], [1, 1], [40]);
        var (images, gradient) = (KernelSession.Numbers(1, 2, 1, 40), KernelSession.Numbers(2, outputs, 1, 40));
        var (shape, values) = KernelSession.Run(ImageWeightGradient.OperatorName, attribute, (images, [2, 1, 40]), (gradient, [outputs, 1, 40]));
        var plain = new PlainConvolution(new ConvolutionAttributes(AxisAttributes.None, new(3, 1, 1, 1, 1)), 1, 40);
        Assert.That(shape, Is.EqualTo(new long[] { 1, outputs, 2, 3 }));
        Assert.That(values[..3], Is.EqualTo(plain.WeightGradient(images[..40], gradient[..40])).Within(2e-5));
    }

    private IEnumerable<double> Forward(float[] images, float[] weights, float[] bias) =>
        from output in Enumerable.Range(0, outputs)
        from image in Enumerable.Range(0, Images)
        let shares = Enumerable.Range(0, Channels).Select(channel => _plain.Forward(Plane(images, Input, channel, image), Plane(weights, Weights, output, channel)))
        from value in shares.Aggregate((sum, next) => [.. sum.Zip(next, (left, right) => left + right)])
        select value + bias[output];

    // A part of a tensor by its first two axes.
    private static float[] Plane(float[] values, long[] shape, int first, int second)
    {
        var size = (int)(shape[2] * shape[3]);
        return values.AsSpan(((first * (int)shape[1]) + second) * size, size).ToArray();
    }
}
