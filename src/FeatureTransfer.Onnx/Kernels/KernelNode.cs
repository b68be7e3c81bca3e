namespace FeatureTransfer.Onnx.Kernels;

/// <summary>The attributes that a convolution's node carries to its kernel, as one list of whole numbers.</summary>
/// <param name="Window">The window and its steps.</param>
/// <param name="Input">The sizes of the convolution's input, one or two.</param>
internal sealed record KernelNode(ConvolutionAttributes Window, long[] Input)
{
    /// <summary>The name of the attribute.</summary>
    public const string Attribute = "geometry";

    /// <summary>As an attribute: the number of axes, then kernel, strides, dilations, pads and sizes.</summary>
    public static AttributeProto Write(long[] kernel, long[] strides, long[] dilations, long[] pads, long[] input) =>
        GraphBuilder.Ints(Attribute, [kernel.Length, .. kernel, .. strides, .. dilations, .. pads, .. input]);

    /// <summary>From such an attribute.</summary>
    public static KernelNode Read(long[] values)
    {
        var rank = (int)values[0];
        long[] List(int from, int count) => values[(1 + (from * rank))..(1 + ((from + count) * rank))];
        return new KernelNode(ConvolutionAttributes.Of(List(0, 1), List(1, 1), List(2, 1), List(3, 2)), List(5, 1));
    }

    /// <summary>The geometry of one channel.</summary>
    public PlaneGeometry Geometry => PlaneGeometry.Of(Window, Input.Length == 1 ? 1 : (int)Input[0], (int)Input[^1]);

    /// <summary>The sizes of the convolution's output, as many as of its input.</summary>
    public long[] Output => Input.Length == 1
        ? [Window.Width.Windows((int)Input[0])]
        : [Window.Height.Windows((int)Input[0]), Window.Width.Windows((int)Input[1])];
}
