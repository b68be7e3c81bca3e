namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>
/// What a bottleneck is made of: a convolution with a window of one that widens, where there is one, a depthwise one of three by three, and one with
/// a window of one behind it. As the attribute of a node: whole numbers in the order of the parameters.
/// </summary>
/// <param name="Inputs">Channels that go in.</param>
/// <param name="Widened">Channels of the first convolution; 0 where there is none.</param>
/// <param name="Outputs">Channels that come out.</param>
/// <param name="Stride">Of the depthwise convolution, 1 or 2.</param>
/// <param name="Top">Its padding above, 0 or 1.</param>
/// <param name="Left">Its padding on the left.</param>
/// <param name="Bottom">Its padding below.</param>
/// <param name="Right">Its padding on the right.</param>
/// <param name="First">What the first convolution is where it is that of a network and not one with a window of one: its windows go in.</param>
internal sealed record Bottleneck(int Inputs, int Widened, int Outputs, int Stride, int Top, int Left, int Bottom, int Right, FirstConvolution? First = null)
{
    /// <summary>The window's height and width.</summary>
    public const int Window = 3;

    private const int Sizes = 8;

    /// <summary>Channels of the depthwise convolution.</summary>
    public int Channels { get; } = Widened > 0 ? Widened : Inputs;

    /// <summary>The same with those that fill the last block.</summary>
    public int Filled { get; } = LaneLayout.Filled(Widened > 0 ? Widened : Inputs);

    /// <summary>Where among the weights those of the first convolution begin; before them lie the bounds of all three.</summary>
    public static int WidenAt => LaneLayout.Lanes;

    /// <summary>Where its biases begin.</summary>
    public int WidenBiasAt => WidenAt + (Widened > 0 ? Inputs * Filled : 0);

    /// <summary>Where the weights of the depthwise convolution begin.</summary>
    public int DepthwiseAt => WidenBiasAt + (Widened > 0 ? Filled : 0);

    /// <summary>Where its biases begin.</summary>
    public int DepthwiseBiasAt => DepthwiseAt + (Window * Window * Filled);

    /// <summary>Where the weights of the last convolution begin.</summary>
    public int ProjectAt => DepthwiseBiasAt + Filled;

    /// <summary>Where its biases begin.</summary>
    public int ProjectBiasAt => ProjectAt + (Channels * LaneLayout.Filled(Outputs));

    /// <summary>How many numbers there are.</summary>
    public int Length => ProjectBiasAt + LaneLayout.Filled(Outputs);

    /// <summary>From an attribute.</summary>
    public static Bottleneck Read(long[] values) => new(
        (int)values[0], (int)values[1], (int)values[2], (int)values[3], (int)values[4], (int)values[5], (int)values[6], (int)values[7],
        values.Length > Sizes ? FirstConvolution.Read(values[Sizes..]) : null);

    /// <summary>As an attribute.</summary>
    public AttributeProto Write() => GraphBuilder.Ints(KernelNode.Attribute, [Inputs, Widened, Outputs, Stride, Top, Left, Bottom, Right, .. First?.Write().Ints ?? []]);

    /// <summary>Rows and columns that the depthwise convolution goes over, of an image that goes in.</summary>
    public (int Rows, int Columns) Filtered(long rows, long columns) => First is null ? ((int)rows, (int)columns) : (First.OutputRows(rows), First.OutputColumns(columns));

    /// <summary>Rows that come out of so many that the depthwise convolution goes over.</summary>
    public int OutputRows(long rows) => new AxisAttributes(Window, Stride, 1, Top, Bottom).Windows((int)rows);

    /// <summary>Columns that come out of so many.</summary>
    public int OutputColumns(long columns) => new AxisAttributes(Window, Stride, 1, Left, Right).Windows((int)columns);
}
