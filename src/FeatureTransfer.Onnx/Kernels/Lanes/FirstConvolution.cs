namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>
/// What a convolution over images with few channels is made of, the first of a network. As the attribute of a node: whole numbers in the order of the parameters.
/// </summary>
/// <param name="Channels">Channels that go in.</param>
/// <param name="Outputs">Channels that come out.</param>
/// <param name="Window">The window's height and width.</param>
/// <param name="Stride">From window to window, 1 or 2.</param>
/// <param name="Top">The padding above.</param>
/// <param name="Left">The padding on the left.</param>
/// <param name="Bottom">The padding below.</param>
/// <param name="Right">The padding on the right.</param>
internal sealed record FirstConvolution(int Channels, int Outputs, int Window, int Stride, int Top, int Left, int Bottom, int Right)
{
    /// <summary>Numbers of a window, and channels that come out.</summary>
    public PointwiseLayer Layer => new(Channels * Window * Window, Outputs);

    /// <summary>From an attribute.</summary>
    public static FirstConvolution Read(long[] values) => new(
        (int)values[0], (int)values[1], (int)values[2], (int)values[3], (int)values[4], (int)values[5], (int)values[6], (int)values[7]);

    /// <summary>As an attribute.</summary>
    public AttributeProto Write() => GraphBuilder.Ints(KernelNode.Attribute, Channels, Outputs, Window, Stride, Top, Left, Bottom, Right);

    /// <summary>Rows that come out of so many.</summary>
    public int OutputRows(long rows) => new AxisAttributes(Window, Stride, 1, Top, Bottom).Windows((int)rows);

    /// <summary>Columns that come out of so many.</summary>
    public int OutputColumns(long columns) => new AxisAttributes(Window, Stride, 1, Left, Right).Windows((int)columns);
}
