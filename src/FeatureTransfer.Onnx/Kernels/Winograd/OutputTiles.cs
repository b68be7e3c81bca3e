using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>Products of tiles (16, channels, batch * tiles) and, if there is one, a bias a channel as images (channels, batch, height, width).</summary>
internal sealed unsafe class OutputTiles : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "WinogradOutput";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 2;

    /// <inheritdoc/>
    public bool LastIsOptional => true;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs)
    {
        var tiles = TileGeometry.Of(KernelNode.Read(attribute));
        return [inputs[0][1], inputs[0][2] / tiles.Tiles, .. tiles.Output];
    }

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var node = KernelNode.Read(attribute);
        var tiles = TileGeometry.Of(node);
        var images = new ChannelTensor(output);
        var bias = inputs.Length > 1 ? (nint)inputs[1].Data : 0;
        return new KernelWork(images.Channels, channel => TileChannel.Output(
            tiles, TileMatrix.Images(tiles, inputs[0], channel), bias == 0 ? 0 : ((float*)bias)[channel], images[channel]));
    }
}
