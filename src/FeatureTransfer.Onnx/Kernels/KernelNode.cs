namespace FeatureTransfer.Onnx.Kernels;

/// <summary>The attributes that a convolution's node carries to its kernel, as one list of whole numbers.</summary>
/// <param name="Window">The window and its steps.</param>
/// <param name="Input">The sizes of the convolution's input, one or two.</param>
/// <param name="Bounds">The activation behind the convolution.</param>
internal sealed record KernelNode(ConvolutionAttributes Window, long[] Input, Bounds Bounds)
{
    /// <summary>The name of the attribute.</summary>
    public const string Attribute = "geometry";

    /// <summary>As an attribute: the number of axes, then kernel, strides, dilations, pads and sizes; the bits of the activation's bounds, if there is one, come last.</summary>
    public static AttributeProto Write(long[] kernel, long[] strides, long[] dilations, long[] pads, long[] input) =>
        GraphBuilder.Ints(Attribute, [kernel.Length, .. kernel, .. strides, .. dilations, .. pads, .. input]);

    /// <summary>Adds an activation to such an attribute.</summary>
    public static AttributeProto WithBounds(AttributeProto attribute, Bounds bounds) =>
        GraphBuilder.Ints(Attribute, [.. attribute.Ints, BitConverter.SingleToInt32Bits(bounds.Low), BitConverter.SingleToInt32Bits(bounds.High)]);

    /// <summary>Such an attribute without an activation, and the activation that it had.</summary>
    public static (AttributeProto Attribute, Bounds Bounds) Split(AttributeProto attribute) =>
        (GraphBuilder.Ints(Attribute, [.. attribute.Ints.Take(Count(attribute.Ints[0]))]), Read([.. attribute.Ints]).Bounds);

    /// <summary>From such an attribute.</summary>
    public static KernelNode Read(long[] values)
    {
        var rank = (int)values[0];
        long[] List(int from, int count) => values[(1 + (from * rank))..(1 + ((from + count) * rank))];
        var bounds = values[Count(rank)..] is [var low, var high] ? new Bounds(BitConverter.Int32BitsToSingle((int)low), BitConverter.Int32BitsToSingle((int)high)) : Bounds.None;
        return new KernelNode(ConvolutionAttributes.Of(List(0, 1), List(1, 1), List(2, 1), List(3, 2)), List(5, 1), bounds);
    }

    /// <summary>The geometry of one channel.</summary>
    public PlaneGeometry Geometry => PlaneGeometry.Of(Window, Input.Length == 1 ? 1 : (int)Input[0], (int)Input[^1]);

    /// <summary>The sizes of the convolution's output, as many as of its input.</summary>
    public long[] Output => Input.Length == 1
        ? [Window.Width.Windows((int)Input[0])]
        : [Window.Height.Windows((int)Input[0]), Window.Width.Windows((int)Input[1])];

    // Numbers of an attribute without an activation.
    private static int Count(long rank) => (int)(1 + (6 * rank));
}
