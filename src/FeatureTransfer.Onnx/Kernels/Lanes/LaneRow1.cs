using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>One block of one pixel.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct LaneRow1(Vector512<float> first) : ILaneRow<LaneRow1>
{
    private readonly Vector512<float> _first = first;

    public static int Blocks => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneRow1 Load(float* from, nint step) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneRow1 Plus(float factor, LaneRow1 others)
    {
        var all = Vector512.Create(factor);
        return new(Vector512.FusedMultiplyAdd(all, others._first, _first));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneRow1 Plus(LaneRow1 others) => new(_first + others._first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneRow1 Within(Vector512<float> low, Vector512<float> high) =>
        new(Vector512.MinNative(Vector512.MaxNative(_first, low), high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to, nint step) => _first.Store(to);
}
