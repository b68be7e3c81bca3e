using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>A tensor of tiles, (16, rows, columns): the rows of a channel, one for each element of the tiles.</summary>
internal static unsafe class TileMatrix
{
    /// <summary>The rows of one channel, each cut into equal parts.</summary>
    public static ChannelRows[] Rows(nint data, long rows, long columns, int row, int parts)
    {
        var result = new ChannelRows[TileGeometry.Elements];
        var size = (int)(columns / parts);
        for (var element = 0; element < result.Length; element++)
            result[element] = new ChannelRows((float*)data + (((element * rows) + row) * columns), parts, size, size);
        return result;
    }

    /// <summary>The rows of one channel, a part an image.</summary>
    public static ChannelRows[] Images(TileGeometry tiles, KernelTensor tensor, int channel) =>
        Rows((nint)tensor.Data, tensor.Shape[1], tensor.Shape[2], channel, (int)(tensor.Shape[2] / tiles.Tiles));
}
