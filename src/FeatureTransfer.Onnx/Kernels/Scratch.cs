using System.Buffers;
using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>Two pieces of memory for one channel, zero at first, with <see cref="PlaneGeometry.Slack"/> behind each.</summary>
internal readonly ref struct Scratch : IDisposable
{
    private readonly PlaneGeometry _geometry;
    private readonly float[] _first;
    private readonly float[] _second;

    public Scratch(PlaneGeometry geometry, int first, int second)
    {
        _geometry = geometry;
        _first = Rent(first);
        _second = Rent(second);
    }

    /// <summary>The first piece.</summary>
    public Span<float> First => _first;

    /// <summary>The second piece.</summary>
    public Span<float> Second => _second;

    /// <summary>Where among planes in memory each tap begins.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public int[] OffsetsInPlanes()
    {
        var offsets = new int[_geometry.Taps];
        for (var tap = 0; tap < offsets.Length; tap++)
            offsets[tap] = (_geometry.TapPlanes[tap] * _geometry.Spacing) + _geometry.TapOffsets[tap];
        return offsets;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_first);
        ArrayPool<float>.Shared.Return(_second);
    }

    private static float[] Rent(int count)
    {
        var memory = ArrayPool<float>.Shared.Rent(count + PlaneGeometry.Slack);
        memory.AsSpan(0, count + PlaneGeometry.Slack).Clear();
        return memory;
    }
}
