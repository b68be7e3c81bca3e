namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>A bottleneck over images of one size: how they are worked off.</summary>
internal sealed class BottleneckSizes
{
    // So many pixels at once use each weight often enough.
    private const int PixelsAtOnce = 56;

    // Among so many strips at most an image is divided where several threads work on it.
    private const int MostStrips = 8;

    /// <summary>Works the sizes out.</summary>
    /// <param name="bottleneck">The bottleneck.</param>
    /// <param name="rows">Rows of an image that goes in.</param>
    /// <param name="columns">Its columns.</param>
    public BottleneckSizes(Bottleneck bottleneck, int rows, int columns)
    {
        const int Lanes = LaneLayout.Lanes;
        Bottleneck = bottleneck;
        Windows = bottleneck.First is { } first ? new ImageWindows(first, rows, columns) : null;
        (Rows, Columns) = bottleneck.Filtered(rows, columns);
        (OutputRows, OutputColumns) = (bottleneck.OutputRows(Rows), bottleneck.OutputColumns(Columns));
        RowsAtOnce = Math.Clamp(PixelsAtOnce / OutputColumns, 1, OutputRows);
        StripRows = Parts(Parts(OutputRows, MostStrips), RowsAtOnce) * RowsAtOnce;
        Strips = Parts(OutputRows, StripRows);
        HeldRows = ((RowsAtOnce - 1) * bottleneck.Stride) + Bottleneck.Window;
        HeldRow = (Columns + 2) * Lanes;
        HeldStep = HeldRows * HeldRow;
        MiddleStep = RowsAtOnce * OutputColumns * Lanes;
        InputStep = (nint)Rows * Columns * Lanes;
        OutputStep = (nint)OutputRows * OutputColumns * Lanes;
        InputOffsets = Windows is null ? PanelWeights.Offsets(bottleneck.Inputs, InputStep) : [];
        MiddleOffsets = PanelWeights.Offsets(bottleneck.Channels, MiddleStep);
    }

    /// <summary>The bottleneck.</summary>
    public Bottleneck Bottleneck { get; }

    /// <summary>The windows of a network's first convolution, where that goes before.</summary>
    public ImageWindows? Windows { get; }

    /// <summary>Rows that the depthwise convolution goes over.</summary>
    public int Rows { get; }

    /// <summary>Columns of these.</summary>
    public int Columns { get; }

    /// <summary>Rows that come out.</summary>
    public int OutputRows { get; }

    /// <summary>Columns that come out.</summary>
    public int OutputColumns { get; }

    /// <summary>Rows that come out together.</summary>
    public int RowsAtOnce { get; }

    /// <summary>Rows that come out of a strip, the last of which may have fewer.</summary>
    public int StripRows { get; }

    /// <summary>How many strips an image has.</summary>
    public int Strips { get; }

    /// <summary>Widened rows that are held at once: those of all windows over <see cref="RowsAtOnce"/>.</summary>
    public int HeldRows { get; }

    /// <summary>Floats of a block of a held row, with a pixel of padding at both ends.</summary>
    public int HeldRow { get; }

    /// <summary>Floats from block to block of held rows.</summary>
    public nint HeldStep { get; }

    /// <summary>Floats of all held rows.</summary>
    public int HeldLength => checked(Bottleneck.Filled * HeldRows * (Columns + 2));

    /// <summary>Floats from block to block of what the depthwise convolution gives.</summary>
    public nint MiddleStep { get; }

    /// <summary>Floats of that.</summary>
    public int MiddleLength => checked(Bottleneck.Filled * RowsAtOnce * OutputColumns);

    /// <summary>Floats from block to block of what goes in, where that is in blocks.</summary>
    public nint InputStep { get; }

    /// <summary>Floats of an image that goes in.</summary>
    public nint InputLength => Windows?.ImageLength ?? InputStep * LaneLayout.Blocks(Bottleneck.Inputs);

    /// <summary>Floats from block to block of what comes out.</summary>
    public nint OutputStep { get; }

    /// <summary>Floats of an image that comes out.</summary>
    public nint OutputLength => OutputStep * LaneLayout.Blocks(Bottleneck.Outputs);

    /// <summary>Where channels lie from a pixel's place in what goes in.</summary>
    public int[] InputOffsets { get; }

    /// <summary>Where they lie in what the depthwise convolution gives.</summary>
    public int[] MiddleOffsets { get; }

    // Rounded up.
    private static int Parts(int whole, int part) => (whole + part - 1) / part;
}
