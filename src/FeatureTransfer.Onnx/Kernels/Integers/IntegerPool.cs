namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>What an average pool over bytes is made of. As the attribute of a node: whole numbers in the order of the parameters.</summary>
/// <param name="Rows">The windows over the height.</param>
/// <param name="Columns">The windows over the width.</param>
/// <param name="CountsPadding">Whether the padding counts, as zeros.</param>
/// <param name="InputZero">The byte that stands for zero in what goes in.</param>
/// <param name="OutputZero">The byte that stands for zero in what comes out.</param>
internal sealed record IntegerPool(AxisAttributes Rows, AxisAttributes Columns, bool CountsPadding, byte InputZero, byte OutputZero)
{
    // The sum of more bytes may leave 16 bits.
    private const int MostTaps = ushort.MaxValue / byte.MaxValue;

    /// <summary>Whether sums of a window hold.</summary>
    public bool Holds => Rows.Kernel * Columns.Kernel <= MostTaps;

    /// <summary>From an attribute.</summary>
    public static IntegerPool Read(long[] values) => new(Axis(values, 0), Axis(values, 1), values[8] != 0, (byte)values[9], (byte)values[10]);

    /// <summary>As an attribute.</summary>
    public AttributeProto Write() => GraphBuilder.Ints(
        KernelNode.Attribute, Rows.Kernel, Columns.Kernel, Rows.Stride, Columns.Stride, Rows.Before, Columns.Before, Rows.After, Columns.After, CountsPadding ? 1 : 0, InputZero, OutputZero);

    private static AxisAttributes Axis(long[] values, int axis) => new((int)values[axis], (int)values[2 + axis], 1, (int)values[4 + axis], (int)values[6 + axis]);
}
