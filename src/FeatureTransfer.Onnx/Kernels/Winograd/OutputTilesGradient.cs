namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>The gradient of <see cref="OutputTiles"/> with respect to the products.</summary>
internal sealed class OutputTilesGradient() : ImagesToTiles(OperatorName)
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "WinogradOutputGradient";

    protected override void Transform(TileGeometry tiles, ChannelRows images, ChannelRows[] result) => TileChannel.OutputGradient(tiles, images, result);
}
