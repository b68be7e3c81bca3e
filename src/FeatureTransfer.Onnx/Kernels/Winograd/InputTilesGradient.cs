using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>The gradient of <see cref="InputTiles"/>: from tiles to images.</summary>
internal sealed class InputTilesGradient : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "WinogradInputGradient";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs)
    {
        var node = KernelNode.Read(attribute);
        return [inputs[0][1], inputs[0][2] / TileGeometry.Of(node).Tiles, .. node.Input];
    }

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var node = KernelNode.Read(attribute);
        var tiles = TileGeometry.Of(node);
        var images = new ChannelTensor(output);
        return new KernelWork(images.Channels, channel => TileChannel.InputGradient(tiles, TileMatrix.Images(tiles, inputs[0], channel), images[channel]));
    }
}
