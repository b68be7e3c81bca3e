using System.Runtime.Intrinsics;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>
/// Images whose channels lie by sixteens, those of a pixel side by side: (batch, blocks of channels, height, width, 16). One vector of 512 bits holds a
/// pixel's block; the last block is filled with zeros.
/// </summary>
internal static class LaneLayout
{
    /// <summary>Channels a block.</summary>
    public const int Lanes = 16;

    /// <summary>Whether this machine computes such vectors at once.</summary>
    public static bool IsFast => Vector512.IsHardwareAccelerated;

    /// <summary>How many blocks hold so many channels.</summary>
    public static int Blocks(long channels) => (int)((channels + Lanes - 1) / Lanes);

    /// <summary>So many channels with those that fill the last block.</summary>
    public static int Filled(long channels) => Blocks(channels) * Lanes;
}
