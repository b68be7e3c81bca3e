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
            offsets[tap] = _geometry.OffsetInPlanes(tap);
        return offsets;
    }

    public void Dispose()
    {
        Return(_first);
        Return(_second);
    }

    /// <summary>Memory for so many floats, all zero, with <see cref="PlaneGeometry.Slack"/> behind them.</summary>
    public static float[] Rent(int count)
    {
        var memory = ArrayPool<float>.Shared.Rent(count + PlaneGeometry.Slack);
        memory.AsSpan(0, count + PlaneGeometry.Slack).Clear();
        return memory;
    }

    /// <summary>Gives such memory back.</summary>
    public static void Return(float[] memory) => ArrayPool<float>.Shared.Return(memory);
}
