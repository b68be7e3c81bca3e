namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>An <see cref="IntegerDepthwise"/> over images of one size: how they are worked off.</summary>
/// <param name="window">What is computed.</param>
/// <param name="rows">Rows of an image that goes in.</param>
/// <param name="columns">Its columns.</param>
/// <param name="channels">Its channels.</param>
internal sealed class IntegerSizes(IntegerWindow window, int rows, int columns, int channels)
{
    // So many pixels of a group of channels stay in the nearest cache until the next group reads the lines that both share.
    private const int BandPixels = 384;

    /// <summary>What is computed.</summary>
    public IntegerWindow Window => window;

    /// <summary>Rows of an image that goes in.</summary>
    public int Rows => rows;

    /// <summary>Its columns.</summary>
    public int Columns => columns;

    /// <summary>The channels.</summary>
    public int Channels => channels;

    /// <summary>Bytes of a row that goes in.</summary>
    public int RowLength { get; } = checked(columns * channels);

    /// <summary>Rows that come out.</summary>
    public int OutputRows { get; } = window.OutputRows(rows);

    /// <summary>Columns that come out.</summary>
    public int OutputColumns { get; } = window.OutputColumns(columns);

    /// <summary>Rows that come out together.</summary>
    public int BandRows { get; } = Math.Clamp(BandPixels / window.OutputColumns(columns), 1, window.OutputRows(rows));

    /// <summary>How many times that an image has.</summary>
    public int Bands => (OutputRows + BandRows - 1) / BandRows;

    /// <summary>Bytes of an image that goes in.</summary>
    public nint InputLength => (nint)rows * RowLength;

    /// <summary>Bytes of an image that comes out.</summary>
    public nint OutputLength => (nint)OutputRows * OutputColumns * channels;
}
