using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>Three blocks of one pixel.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct LaneRow3(Vector512<float> first, Vector512<float> second, Vector512<float> third) : ILaneRow<LaneRow3>
{
    private readonly Vector512<float> _first = first;
    private readonly Vector512<float> _second = second;
    private readonly Vector512<float> _third = third;

    public static int Blocks => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneRow3 Load(float* from, nint step) => new(Vector512.Load(from), Vector512.Load(from + step), Vector512.Load(from + (2 * step)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneRow3 Plus(float factor, LaneRow3 others)
    {
        var all = Vector512.Create(factor);
        return new(Vector512.FusedMultiplyAdd(all, others._first, _first), Vector512.FusedMultiplyAdd(all, others._second, _second), Vector512.FusedMultiplyAdd(all, others._third, _third));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneRow3 Plus(LaneRow3 others) => new(_first + others._first, _second + others._second, _third + others._third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneRow3 Within(Vector512<float> low, Vector512<float> high) =>
        new(Vector512.MinNative(Vector512.MaxNative(_first, low), high), Vector512.MinNative(Vector512.MaxNative(_second, low), high), Vector512.MinNative(Vector512.MaxNative(_third, low), high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to, nint step)
    {
        _first.Store(to);
        _second.Store(to + step);
        _third.Store(to + (2 * step));
    }
}
