namespace FeatureTransfer.Onnx.Kernels;

/// <summary>
/// How one channel of one image, (height, width), is convolved: the padded input is dealt out to a plane per step of the strides, so that every
/// tap of the window reads some plane in order, shifted by a fixed number of elements. Rows of all planes have one common length.
/// </summary>
internal sealed class PlaneGeometry
{
    /// <summary>Elements behind a plane that vectorized loops may read and write.</summary>
    public const int Slack = 64;

    private PlaneGeometry(ConvolutionAttributes attributes, (int Rows, int Columns) input)
    {
        (Attributes, Input) = (attributes, input);
        Output = (attributes.Height.Windows(input.Rows), attributes.Width.Windows(input.Columns));
        Pitch = Output.Columns + attributes.Width.LastStep;
        Rows = Output.Rows + attributes.Height.LastStep;
        Plane = Rows * Pitch;
        Taps = attributes.Height.Kernel * attributes.Width.Kernel;
        TapPlanes = new int[Taps];
        TapOffsets = new int[Taps];
        for (var tap = 0; tap < Taps; tap++)
        {
            var (row, column) = (tap / attributes.Width.Kernel, tap % attributes.Width.Kernel);
            TapPlanes[tap] = (attributes.Height.Phase(row) * attributes.Width.Stride) + attributes.Width.Phase(column);
            TapOffsets[tap] = (attributes.Height.Step(row) * Pitch) + attributes.Width.Step(column);
        }

        LastOffset = TapOffsets.Max();
        Turns = [.. Enumerable.Range(attributes.Width.Before, attributes.Width.Stride).Select(column => (column % attributes.Width.Stride, column / attributes.Width.Stride))];
        BackwardTaps = [.. Enumerable.Range(0, Planes).Select(plane => Enumerable.Range(0, Taps).Where(tap => TapPlanes[tap] == plane).ToArray())];
        BackwardOffsets = Array.ConvertAll(BackwardTaps, taps => Array.ConvertAll(taps, tap => LastOffset - TapOffsets[tap]));
        FirstRow = Math.Min(Rows, attributes.Height.Before / attributes.Height.Stride);
        UsedRows = Math.Min(Rows, ((attributes.Height.Before + input.Rows - 1) / attributes.Height.Stride) + 1) - FirstRow;
    }

    /// <summary>The window and its steps.</summary>
    public ConvolutionAttributes Attributes { get; }

    /// <summary>The size of the input.</summary>
    public (int Rows, int Columns) Input { get; }

    /// <summary>The size of the output.</summary>
    public (int Rows, int Columns) Output { get; }

    /// <summary>Elements from row to row.</summary>
    public int Pitch { get; }

    /// <summary>Rows of a plane.</summary>
    public int Rows { get; }

    /// <summary>Elements of a plane.</summary>
    public int Plane { get; }

    /// <summary>How many planes there are.</summary>
    public int Planes => Attributes.Height.Stride * Attributes.Width.Stride;

    /// <summary>Elements of the output at the common length of rows.</summary>
    public int Wide => Output.Rows * Pitch;

    /// <summary>How many windows there are: elements of the output.</summary>
    public int Windows => Output.Rows * Output.Columns;

    /// <summary>Elements of the window.</summary>
    public int Taps { get; }

    /// <summary>The plane that each tap reads.</summary>
    public int[] TapPlanes { get; }

    /// <summary>Where in its plane each tap begins.</summary>
    public int[] TapOffsets { get; }

    /// <summary>Of the columns of an input by turns, as many turns as the stride: the plane that the first of them lies in, and where in its row.</summary>
    public (int Plane, int Column)[] Turns { get; }

    /// <summary>The largest of <see cref="TapOffsets"/>.</summary>
    public int LastOffset { get; }

    /// <summary>The taps that read each plane.</summary>
    public int[][] BackwardTaps { get; }

    /// <summary>Where each of them begins in an output behind <see cref="LastOffset"/> zeros, when planes are computed from it.</summary>
    public int[][] BackwardOffsets { get; }

    /// <summary>The first row of a plane that may hold elements of the input.</summary>
    public int FirstRow { get; }

    /// <summary>How many rows from there on may.</summary>
    public int UsedRows { get; }

    /// <summary>Elements from plane to plane in memory.</summary>
    public int Spacing => Math.Max(Plane, Wide + LastOffset) + Slack;

    /// <summary>Where among all planes a tap begins.</summary>
    public int OffsetInPlanes(int tap) => (TapPlanes[tap] * Spacing) + TapOffsets[tap];

    /// <summary>The geometry over inputs of a size.</summary>
    public static PlaneGeometry Of(ConvolutionAttributes attributes, int rows, int columns) => new(attributes, (rows, columns));
}
