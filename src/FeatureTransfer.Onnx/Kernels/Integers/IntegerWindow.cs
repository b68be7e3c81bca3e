namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>What a depthwise convolution of three by three over bytes is made of. As the attribute of a node: whole numbers in the order of the parameters.</summary>
/// <param name="Stride">From window to window, 1 or 2.</param>
/// <param name="Top">The padding above, 0 or 1.</param>
/// <param name="Left">The padding on the left.</param>
/// <param name="Bottom">The padding below.</param>
/// <param name="Right">The padding on the right.</param>
/// <param name="InputZero">The byte that stands for zero in what goes in.</param>
/// <param name="OutputZero">The byte that stands for zero in what comes out.</param>
internal sealed record IntegerWindow(int Stride, int Top, int Left, int Bottom, int Right, byte InputZero, byte OutputZero)
{
    /// <summary>The window's height and width.</summary>
    public const int Size = 3;

    /// <summary>From an attribute.</summary>
    public static IntegerWindow Read(long[] values) => new((int)values[0], (int)values[1], (int)values[2], (int)values[3], (int)values[4], (byte)values[5], (byte)values[6]);

    /// <summary>As an attribute.</summary>
    public AttributeProto Write() => GraphBuilder.Ints(KernelNode.Attribute, Stride, Top, Left, Bottom, Right, InputZero, OutputZero);

    /// <summary>Rows that come out of so many.</summary>
    public int OutputRows(long rows) => new AxisAttributes(Size, Stride, 1, Top, Bottom).Windows((int)rows);

    /// <summary>Columns that come out of so many.</summary>
    public int OutputColumns(long columns) => new AxisAttributes(Size, Stride, 1, Left, Right).Windows((int)columns);
}
