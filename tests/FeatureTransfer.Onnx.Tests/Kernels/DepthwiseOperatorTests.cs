using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Kernels;

/// <summary>Depthwise convolutions as nodes of a graph, over images and sequences, against the definition.</summary>
[TestFixture(true)]
[TestFixture(false)]
internal sealed class DepthwiseOperatorTests(bool isPlane)
{
    private const int Channels = 2, Images = 3;
    private readonly PlainConvolution _plain = isPlane
        ? new PlainConvolution(new ConvolutionAttributes(new(3, 2, 1, 1, 0), new(2, 1, 2, 2, 1)), 7, 6)
        : new PlainConvolution(new ConvolutionAttributes(AxisAttributes.None, new(3, 2, 1, 1, 2)), 1, 9);

    private AttributeProto Attribute => isPlane ? KernelNode.Write([3, 2], [2, 1], [1, 2], [1, 2, 0, 1], [7, 6]) : KernelNode.Write([3], [2], [1], [1, 2], [9]);

    private long[] Input => Shape(_plain.Rows, _plain.Columns);

    private long[] Output => Shape(_plain.OutputRows, _plain.OutputColumns);

    private long[] Filters => isPlane ? [Channels, 1, 3, 2] : [Channels, 1, 3];

    [Test]
    public void Forward_InAGraph_IsTheDefinition([Values] bool hasBias)
    {
        var (input, filters, bias) = (KernelSession.Numbers(1, Input), KernelSession.Numbers(2, Filters), new[] { 0.5f, -0.25f });
        var (shape, values) = hasBias
            ? Run(DepthwiseForward.OperatorName, (input, Input), (filters, Filters), (bias, [Channels]))
            : Run(DepthwiseForward.OperatorName, (input, Input), (filters, Filters));
        var expected = Planes((channel, image) => _plain.Forward(Part(input, channel, image), Part(filters, channel)).Select(value => value + (hasBias ? bias[channel] : 0)));
        Assert.That(shape, Is.EqualTo(Output));
        Assert.That(values, Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Forward_WithAnActivation_CutsOff()
    {
        var (input, filters) = (KernelSession.Numbers(1, Input), KernelSession.Numbers(2, Filters));
        var (_, values) = Run(DepthwiseForward.OperatorName, (input, Input), (filters, Filters));
        var bounded = KernelSession.Run(DepthwiseForward.OperatorName, KernelNode.WithBounds(Attribute, new Bounds(-0.25f, 0.5f)), (input, Input), (filters, Filters));
        Assert.That(bounded.Values, Is.EqualTo(values.Select(value => Math.Clamp(value, -0.25f, 0.5f))));
    }

    [Test]
    public void InputGradient_InAGraph_IsTheDefinition()
    {
        var (gradient, filters) = (KernelSession.Numbers(3, Output), KernelSession.Numbers(2, Filters));
        var (shape, values) = Run(DepthwiseInputGradient.OperatorName, (gradient, Output), (filters, Filters));
        Assert.That(shape, Is.EqualTo(Input));
        Assert.That(values, Is.EqualTo(Planes((channel, image) => _plain.InputGradient(Part(gradient, channel, image), Part(filters, channel)))).Within(1e-5));
    }

    [Test]
    public void WeightGradient_InAGraph_IsTheDefinition()
    {
        var (input, gradient) = (KernelSession.Numbers(1, Input), KernelSession.Numbers(3, Output));
        var (shape, values) = Run(DepthwiseWeightGradient.OperatorName, (input, Input), (gradient, Output));
        var expected = Enumerable.Range(0, Channels).SelectMany(channel => Enumerable.Range(0, Images)
            .Select(image => _plain.WeightGradient(Part(input, channel, image), Part(gradient, channel, image)))
            .Aggregate((sum, next) => [.. sum.Zip(next, (left, right) => left + right)]));
        Assert.That(shape, Is.EqualTo(Filters));
        Assert.That(values, Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void OutputShape_Node_IsThatOfItsResult()
    {
        var node = new NodeProto { OpType = DepthwiseWeightGradient.OperatorName, Attribute = { Attribute } };
        Assert.That(KernelOperators.OutputShape(node, [Input, Output]), Is.EqualTo(Filters));
        Assert.That(KernelOperators.OutputShape(node, [Input, null]), Is.Null);
    }

    private long[] Shape(int rows, int columns) => isPlane ? [Channels, Images, rows, columns] : [Channels, Images, columns];

    private (long[] Shape, float[] Values) Run(string name, params (float[] Values, long[] Shape)[] inputs) => KernelSession.Run(name, Attribute, inputs);

    private static double[] Planes(Func<int, int, IEnumerable<double>> compute) =>
        [.. Enumerable.Range(0, Channels).SelectMany(channel => Enumerable.Range(0, Images).SelectMany(image => compute(channel, image)))];

    private static float[] Part(float[] values, int channel) => values[(channel * values.Length / Channels)..((channel + 1) * values.Length / Channels)];

    private static float[] Part(float[] values, int channel, int image)
    {
        var size = values.Length / Channels / Images;
        return values.AsSpan(((channel * Images) + image) * size, size).ToArray();
    }
}
