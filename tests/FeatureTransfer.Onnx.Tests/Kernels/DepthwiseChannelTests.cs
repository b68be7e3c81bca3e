using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Tests.Kernels;

[TestFixture]
internal sealed unsafe class DepthwiseChannelTests
{
    private const int Images = 3;
    private const float Untouched = -99;

    // Kernel, stride, dilation, padding before and after along the height, then the width; then the size.
    private static readonly int[][] _cases =
    [
        [3, 1, 1, 1, 1, 3, 1, 1, 1, 1, 7, 7],
        [3, 1, 1, 1, 1, 3, 1, 1, 1, 1, 14, 14],
        [3, 2, 1, 1, 1, 3, 2, 1, 1, 1, 14, 14],
        [3, 2, 1, 0, 1, 3, 2, 1, 0, 1, 28, 28],
        [5, 2, 1, 2, 2, 5, 2, 1, 2, 2, 15, 17],
        [5, 1, 1, 2, 2, 5, 1, 1, 2, 2, 3, 3],
        [1, 1, 1, 0, 0, 9, 1, 1, 4, 4, 1, 40],
        [1, 1, 1, 0, 0, 3, 2, 1, 0, 0, 1, 9],
        [2, 3, 1, 0, 0, 2, 3, 1, 0, 0, 11, 10],
        [3, 3, 2, 2, 0, 3, 3, 2, 1, 2, 20, 19],
        [3, 1, 2, 2, 2, 3, 1, 3, 3, 3, 9, 12],
        [1, 2, 1, 0, 0, 1, 2, 1, 0, 0, 8, 8],
        [3, 2, 1, 1, 0, 3, 1, 1, 1, 1, 6, 33],
        [2, 1, 1, 3, 3, 2, 1, 1, 3, 3, 4, 5],
        [3, 2, 1, 1, 1, 3, 2, 1, 1, 1, 112, 21],
        [3, 2, 1, 1, 1, 3, 2, 1, 1, 1, 5, 70],
        [3, 2, 1, 0, 1, 3, 2, 1, 0, 1, 4, 41],
        [2, 2, 1, 0, 0, 2, 2, 1, 3, 2, 4, 33],
        [1, 1, 1, 0, 0, 3, 4, 1, 1, 0, 1, 37],
    ];

    [TestCaseSource(nameof(_cases))]
    public void Forward_AnyWindow_IsTheDefinition(int[] sizes)
    {
        var (plain, geometry) = Case(sizes);
        var (input, filter) = (Numbers(1, Images * plain.Rows * plain.Columns), Numbers(2, plain.Taps));
        var output = Run(plain.OutputRows * plain.OutputColumns, result =>
        {
            fixed (float* from = input)
                DepthwiseChannel.Forward(geometry, Channel(from, plain.Rows * plain.Columns), filter, 0.5f, Bounds.None, result);
        });
        Assert.That(output, Is.EqualTo(EachImage(input, image => plain.Forward(image, filter).Select(value => value + 0.5))).Within(1e-5));
    }

    [TestCaseSource(nameof(_cases))]
    public void InputGradient_AnyWindow_IsTheDefinition(int[] sizes)
    {
        var (plain, geometry) = Case(sizes);
        var (gradient, filter) = (Numbers(3, Images * plain.OutputRows * plain.OutputColumns), Numbers(2, plain.Taps));
        var result = Run(plain.Rows * plain.Columns, to =>
        {
            fixed (float* from = gradient)
                DepthwiseChannel.InputGradient(geometry, Channel(from, plain.OutputRows * plain.OutputColumns), filter, to);
        });
        Assert.That(result, Is.EqualTo(EachImage(gradient, image => plain.InputGradient(image, filter))).Within(1e-5));
    }

    [TestCaseSource(nameof(_cases))]
    public void WeightGradient_AnyWindow_IsTheDefinition(int[] sizes)
    {
        var (plain, geometry) = Case(sizes);
        var (input, gradient) = (Numbers(1, Images * plain.Rows * plain.Columns), Numbers(3, Images * plain.OutputRows * plain.OutputColumns));
        var result = new float[plain.Taps];
        fixed (float* images = input, gradients = gradient)
            DepthwiseChannel.WeightGradient(geometry, Channel(images, plain.Rows * plain.Columns), Channel(gradients, plain.OutputRows * plain.OutputColumns), result);
        var expected = Enumerable.Range(0, Images)
            .Select(image => plain.WeightGradient(Image(input, image), Image(gradient, image)))
            .Aggregate((sum, next) => [.. sum.Zip(next, (left, right) => left + right)]);
        Assert.That(result, Is.EqualTo(expected).Within(1e-4));
    }

    // Memory around the result shows whether anything beyond it was written.
    private static float[] Run(int size, Action<ChannelRows> compute)
    {
        var memory = Enumerable.Repeat(Untouched, 100 + (Images * size) + 100).ToArray();
        fixed (float* first = memory)
            compute(new ChannelRows(first + 100, Images, size, size));
        Assert.That(memory[..100].Concat(memory[^100..]), Is.All.EqualTo(Untouched));
        return memory[100..^100];
    }

    private static ChannelRows Channel(float* first, int size) => new(first, Images, size, size);

    private static double[] EachImage(float[] values, Func<float[], IEnumerable<double>> compute) =>
        [.. Enumerable.Range(0, Images).SelectMany(image => compute(Image(values, image)))];

    private static float[] Image(float[] values, int image) => values[(image * values.Length / Images)..((image + 1) * values.Length / Images)];

    private static float[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }

    private static (PlainConvolution Plain, PlaneGeometry Geometry) Case(int[] sizes)
    {
        var window = new ConvolutionAttributes(new(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]), new(sizes[5], sizes[6], sizes[7], sizes[8], sizes[9]));
        return (new PlainConvolution(window, sizes[10], sizes[11]), PlaneGeometry.Of(window, sizes[10], sizes[11]));
    }
}
