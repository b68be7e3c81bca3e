using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>Between planes, a channel each, and lanes.</summary>
internal static unsafe class LaneTransposition
{
    private const int Lanes = LaneLayout.Lanes;
    private const int AtOnce = 8;

    /// <summary>Writes planes as the lanes of one block; lanes without a plane become zero.</summary>
    /// <param name="planes">The planes.</param>
    /// <param name="count">How many, at most <see cref="Lanes"/>.</param>
    /// <param name="pixels">Pixels of each.</param>
    /// <param name="to">Takes the block.</param>
    [MethodImpl(Compiled.AtOnce)]
    public static void ToBlock(float* planes, int count, int pixels, float* to)
    {
        if (count < Lanes)
            new Span<float>(to, pixels * Lanes).Clear();
        var indices = Vector256<int>.Indices * pixels;
        for (var pixel = 0; pixel < pixels; pixel++, planes++, to += Lanes)
        {
            var lane = 0;
            for (; Avx2.IsSupported && lane + AtOnce <= count; lane += AtOnce)
                Avx2.GatherVector256(planes + ((nint)lane * pixels), indices, sizeof(float)).Store(to + lane);
            for (; lane < count; lane++)
                to[lane] = planes[(nint)lane * pixels];
        }
    }

    /// <summary>Writes one lane as a plane.</summary>
    /// <param name="lane">The lane of the first pixel.</param>
    /// <param name="pixels">How many pixels.</param>
    /// <param name="to">Takes the plane.</param>
    [MethodImpl(Compiled.AtOnce)]
    public static void ToPlane(float* lane, int pixels, float* to)
    {
        var indices = Vector256<int>.Indices * Lanes;
        var pixel = 0;
        for (; Avx2.IsSupported && pixel + AtOnce <= pixels; pixel += AtOnce)
            Avx2.GatherVector256(lane + (pixel * Lanes), indices, sizeof(float)).Store(to + pixel);
        for (; pixel < pixels; pixel++)
            to[pixel] = lane[pixel * Lanes];
    }
}
