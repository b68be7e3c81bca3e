using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>Images (channels, batch, height, width) as transformed tiles (16, channels, batch * tiles).</summary>
internal sealed class InputTiles : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "WinogradInput";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) =>
        [TileGeometry.Elements, inputs[0][0], inputs[0][1] * TileGeometry.Of(KernelNode.Read(attribute)).Tiles];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, FloatTensor[] inputs, FloatTensor output)
    {
        var node = KernelNode.Read(attribute);
        var tiles = TileGeometry.Of(node);
        var images = ChannelTensor.Of(node, inputs[0]);
        return new KernelWork(images.Channels, channel => TileChannel.Input(tiles, images[channel], TileMatrix.Images(tiles, output, channel)));
    }
}
