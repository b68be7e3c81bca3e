using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Inputs.Images;

/// <summary>How sixteen values go to memory: a type and not a flag, so that each loop is compiled without a choice in it.</summary>
internal unsafe interface IPlaneStore
{
    /// <summary>Writes sixteen values.</summary>
    static abstract void Store(Vector256<float> lower, Vector256<float> upper, float* to);
}

/// <summary>Through the cache, wherever the plane begins.</summary>
internal readonly unsafe struct CachedStore : IPlaneStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> lower, Vector256<float> upper, float* to)
    {
        lower.Store(to);
        upper.Store(to + Vector256<float>.Count);
    }
}

/// <summary>
/// Past the cache, for planes that begin at a multiple of 32 bytes: spares reading the lines that are about to be overwritten, and leaves
/// the cache to the weights of the backbone.
/// </summary>
internal readonly unsafe struct StreamingStore : IPlaneStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> lower, Vector256<float> upper, float* to)
    {
        lower.StoreAlignedNonTemporal(to);
        upper.StoreAlignedNonTemporal(to + Vector256<float>.Count);
    }
}
