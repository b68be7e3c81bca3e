using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>Two blocks of one pixel.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct LaneRow2(Vector512<float> first, Vector512<float> second) : ILaneRow<LaneRow2>
{
    private readonly Vector512<float> _first = first;
    private readonly Vector512<float> _second = second;

    public static int Blocks => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneRow2 Load(float* from, nint step) => new(Vector512.Load(from), Vector512.Load(from + step));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneRow2 Plus(float factor, LaneRow2 others)
    {
        var all = Vector512.Create(factor);
        return new(Vector512.FusedMultiplyAdd(all, others._first, _first), Vector512.FusedMultiplyAdd(all, others._second, _second));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneRow2 Plus(LaneRow2 others) => new(_first + others._first, _second + others._second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneRow2 Within(Vector512<float> low, Vector512<float> high) =>
        new(Vector512.MinNative(Vector512.MaxNative(_first, low), high), Vector512.MinNative(Vector512.MaxNative(_second, low), high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to, nint step)
    {
        _first.Store(to);
        _second.Store(to + step);
    }
}
