using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>Where pixels are written to: within bounds, and then added to those of another image.</summary>
/// <param name="Data">The first pixel of the first block.</param>
/// <param name="Step">Floats from block to block.</param>
/// <param name="Bounds">Of the values, before something is added.</param>
/// <param name="Added">The first pixel of what is added; null where nothing is.</param>
/// <param name="AddedStep">Floats from block to block of that.</param>
internal readonly unsafe record struct LaneTarget(nint Data, nint Step, Bounds Bounds, nint Added = 0, nint AddedStep = 0)
{
    /// <summary>The same some pixels and blocks on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneTarget At(int pixel, int block) => this with
    {
        Data = Data + (((pixel * LaneLayout.Lanes) + (block * Step)) * sizeof(float)),
        Added = Added == 0 ? 0 : Added + (((pixel * LaneLayout.Lanes) + (block * AddedStep)) * sizeof(float)),
    };
}
