namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>What a convolution reads, as transformed tiles.</summary>
internal sealed class InputTiles() : ImagesToTiles(OperatorName)
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "WinogradInput";

    protected override void Transform(TileGeometry tiles, ChannelRows images, ChannelRows[] result) => TileChannel.Input(tiles, images, result);
}
