namespace FeatureTransfer.Onnx.Fusion;

/// <summary>Reads how a convolution's windows lie over images.</summary>
internal static class ConvolutionWindow
{
    /// <summary>From window to window; 0 where rows and columns differ.</summary>
    public static int Stride(NodeProto node) => node.Ints("strides") switch
    {
        null => 1,
        [var rows, var columns] when rows == columns => (int)rows,
        _ => 0,
    };

    /// <summary>The padding above, on the left, below and on the right; null where it depends on the image's size.</summary>
    /// <param name="node">The convolution.</param>
    /// <param name="rows">Rows of its window.</param>
    /// <param name="columns">Columns of its window.</param>
    public static long[]? Pads(NodeProto node, long rows, long columns) => node.Text("auto_pad", "NOTSET") switch
    {
        "NOTSET" => node.Ints("pads") ?? new long[4],
        "VALID" => new long[4],
        _ when Stride(node) == 1 && rows % 2 == 1 && columns % 2 == 1 => [rows / 2, columns / 2, rows / 2, columns / 2],
        _ => null,
    };
}
