namespace FeatureTransfer.Onnx.Kernels;

/// <summary>The window of a convolution over images; over sequences the height is 1.</summary>
internal sealed record ConvolutionAttributes(AxisAttributes Height, AxisAttributes Width)
{
    /// <summary>From ONNX's lists, one number for each of one or two axes; pads are all beginnings, then all ends.</summary>
    public static ConvolutionAttributes Of(long[] kernel, long[] strides, long[] dilations, long[] pads)
    {
        AxisAttributes Axis(int i) => new((int)kernel[i], (int)strides[i], (int)dilations[i], (int)pads[i], (int)pads[i + kernel.Length]);
        return kernel.Length == 1 ? new(AxisAttributes.None, Axis(0)) : new(Axis(0), Axis(1));
    }
}
