namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>
/// Where the tiles of a 3 x 3 convolution with stride 1 lie: each computes 2 x 2 elements of the output from 4 x 4 of the padded input, and both are
/// dealt out to four planes, so that the elements at one place of all tiles lie in a row.
/// </summary>
internal sealed class TileGeometry
{
    /// <summary>Elements of a transformed tile.</summary>
    public const int Elements = 16;

    private TileGeometry(ConvolutionAttributes window, long[] input)
    {
        var (rows, columns) = ((int)input[0], (int)input[1]);
        Output = [window.Height.Windows(rows), window.Width.Windows(columns)];
        var (tileRows, tileColumns) = ((int)(Output[0] + 1) / 2, (int)(Output[1] + 1) / 2);
        Tiles = tileRows * tileColumns;
        Patches = PlaneGeometry.Of(new(Patch(window.Height, tileRows, rows), Patch(window.Width, tileColumns, columns)), rows, columns);
        Results = PlaneGeometry.Of(new(Result(tileRows, Output[0]), Result(tileColumns, Output[1])), (int)Output[0], (int)Output[1]);
    }

    /// <summary>The size of the output.</summary>
    public long[] Output { get; }

    /// <summary>Tiles of an image.</summary>
    public int Tiles { get; }

    /// <summary>The 4 x 4 patches of the input, at steps of two.</summary>
    public PlaneGeometry Patches { get; }

    /// <summary>The 2 x 2 results in the output, at steps of two.</summary>
    public PlaneGeometry Results { get; }

    /// <summary>The geometry that a node's attribute describes.</summary>
    public static TileGeometry Of(KernelNode node) => new(node.Window, node.Input);

    private static AxisAttributes Patch(AxisAttributes axis, int tiles, int size) => new(4, 2, 1, axis.Before, (2 * tiles) + 2 - size - axis.Before);

    private static AxisAttributes Result(int tiles, long size) => new(2, 2, 1, 0, (2 * tiles) - (int)size);
}
