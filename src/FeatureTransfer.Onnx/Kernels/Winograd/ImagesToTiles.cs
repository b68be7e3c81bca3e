using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>An operator from images (channels, batch, height, width) to tiles (16, channels, batch * tiles).</summary>
internal abstract class ImagesToTiles(string name) : IKernelOperator
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) =>
        [TileGeometry.Elements, inputs[0][0], inputs[0][1] * TileGeometry.Of(KernelNode.Read(attribute)).Tiles];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var tiles = TileGeometry.Of(KernelNode.Read(attribute));
        var images = new ChannelTensor(inputs[0]);
        return new KernelWork(images.Channels, channel => Transform(tiles, images[channel], TileMatrix.Images(tiles, output, channel)));
    }

    /// <summary>Transforms one channel.</summary>
    protected abstract void Transform(TileGeometry tiles, ChannelRows images, ChannelRows[] result);
}
