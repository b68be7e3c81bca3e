namespace FeatureTransfer.Backbones.TensorFlowJs;

/// <summary>The sizes of an image, or of a map of features.</summary>
internal readonly record struct ImageShape(long Channels, long Height, long Width)
{
    /// <summary>The shape behind a convolution.</summary>
    /// <exception cref="FormatException">The kernel does not fit, or the padding is not known.</exception>
    public ImageShape Convolved(GraphModelNode node, long[] kernel, (long Height, long Width) strides, (long Height, long Width) dilations, bool depthwise)
    {
        var padding = node.Text("padding");
        if (kernel[2] != Channels || node.Text("data_format") is not (null or "NHWC") || padding is not ("SAME" or "VALID"))
            throw new FormatException($"Node '{node.Name}' has a kernel ({string.Join(", ", kernel)}) for {Channels} channels, in {node.Text("data_format")}, padding {padding}. Expected (height, width, {Channels}, outputs), NHWC, SAME or VALID.");
        var isSame = padding == "SAME";
        return new ImageShape(
            depthwise ? kernel[2] * kernel[3] : kernel[3],
            Slid(node, Height, isSame ? 1 : ((kernel[0] - 1) * dilations.Height) + 1, strides.Height),
            Slid(node, Width, isSame ? 1 : ((kernel[1] - 1) * dilations.Width) + 1, strides.Width));
    }

    /// <summary>The shape of this and another together, sizes of 1 stretched.</summary>
    /// <exception cref="FormatException">They do not fit.</exception>
    public ImageShape With(GraphModelNode node, ImageShape other) => new(Wider(node, Channels, other.Channels), Wider(node, Height, other.Height), Wider(node, Width, other.Width));

    private static long Slid(GraphModelNode node, long size, long window, long stride) =>
        window <= size ? ((size - window) / stride) + 1 : throw new FormatException($"Node '{node.Name}' has a kernel of {window} for a size of {size}.");

    private static long Wider(GraphModelNode node, long one, long other) =>
        one == other || one == 1 || other == 1 ? Math.Max(one, other) : throw new FormatException($"Node '{node.Name}' reads sizes of {one} and {other}, which do not fit.");
}
