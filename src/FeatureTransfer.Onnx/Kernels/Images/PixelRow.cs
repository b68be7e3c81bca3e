using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Onnx.Kernels.Images;

/// <summary>Five vectors: four rows of sums, a row of factors and a vector just fit into the registers.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct PixelRow(Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3, Vector512<float> v4)
{
    /// <summary>How many vectors.</summary>
    public const int Vectors = 5;

    /// <summary>Floats of a vector.</summary>
    public const int Lanes = 16;

    private readonly Vector512<float> _v0 = v0;
    private readonly Vector512<float> _v1 = v1;
    private readonly Vector512<float> _v2 = v2;
    private readonly Vector512<float> _v3 = v3;
    private readonly Vector512<float> _v4 = v4;

    /// <summary>One number everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PixelRow Of(float value)
    {
        var all = Vector512.Create(value);
        return new(all, all, all, all, all);
    }

    /// <summary>Vectors that follow each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PixelRow Load(float* from) => new(
        Vector512.Load(from), Vector512.Load(from + Lanes), Vector512.Load(from + (2 * Lanes)), Vector512.Load(from + (3 * Lanes)), Vector512.Load(from + (4 * Lanes)));

    /// <summary>Adds the products of one vector with each of others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PixelRow Plus(Vector512<float> factors, PixelRow others) => new(
        Vector512.FusedMultiplyAdd(factors, others._v0, _v0),
        Vector512.FusedMultiplyAdd(factors, others._v1, _v1),
        Vector512.FusedMultiplyAdd(factors, others._v2, _v2),
        Vector512.FusedMultiplyAdd(factors, others._v3, _v3),
        Vector512.FusedMultiplyAdd(factors, others._v4, _v4));

    /// <summary>Cuts off what is beyond bounds; what is not a number stays so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PixelRow Within(Vector512<float> low, Vector512<float> high) =>
        new(Within(_v0, low, high), Within(_v1, low, high), Within(_v2, low, high), Within(_v3, low, high), Within(_v4, low, high));

    /// <summary>Writes the vectors one behind the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to)
    {
        _v0.Store(to);
        _v1.Store(to + Lanes);
        _v2.Store(to + (2 * Lanes));
        _v3.Store(to + (3 * Lanes));
        _v4.Store(to + (4 * Lanes));
    }

    /// <summary>Writes the sum of each vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sum(float* to)
    {
        to[0] = Vector512.Sum(_v0);
        to[1] = Vector512.Sum(_v1);
        to[2] = Vector512.Sum(_v2);
        to[3] = Vector512.Sum(_v3);
        to[4] = Vector512.Sum(_v4);
    }

    // Of two of which one is not a number these take the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Within(Vector512<float> values, Vector512<float> low, Vector512<float> high) =>
        Vector512.MinNative(high, Vector512.MaxNative(low, values));
}
