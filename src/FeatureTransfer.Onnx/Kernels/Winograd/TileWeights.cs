using System.Buffers;
using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>The 3 x 3 filters of one output channel, transformed, and back.</summary>
internal static class TileWeights
{
    private const int Taps = 9;

    /// <summary>From filters (inputs, 3, 3) to a row of inputs for each of the 16 elements.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Forward(ReadOnlySpan<float> filters, ChannelRows[] result)
    {
        var inputs = filters.Length / Taps;
        var spacing = inputs + PlaneGeometry.Slack;
        using var memory = new TileMemory(spacing);
        for (var tap = 0; tap < Taps; tap++)
        {
            var row = memory.First.Slice(tap * spacing, inputs);
            for (var input = 0; input < row.Length; input++)
                row[input] = filters[(input * Taps) + tap];
        }

        TileTransforms.Apply<WeightLine>(memory.First, TileTransforms.Places(Taps, spacing), memory.Second, TileTransforms.Places(TileGeometry.Elements, spacing), inputs);
        for (var element = 0; element < TileGeometry.Elements; element++)
            memory.Second.Slice(element * spacing, inputs).CopyTo(result[element][0]);
    }

    /// <summary>From the gradient of those rows to that of the filters.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Backward(ChannelRows[] gradient, Span<float> result)
    {
        var inputs = result.Length / Taps;
        var spacing = inputs + PlaneGeometry.Slack;
        using var memory = new TileMemory(spacing);
        for (var element = 0; element < TileGeometry.Elements; element++)
            gradient[element][0].CopyTo(memory.First[(element * spacing)..]);
        TileTransforms.Apply<WeightGradientLine>(memory.First, TileTransforms.Places(TileGeometry.Elements, spacing), memory.Second, TileTransforms.Places(Taps, spacing), inputs);
        for (var tap = 0; tap < Taps; tap++)
        {
            var row = memory.Second.Slice(tap * spacing, inputs);
            for (var input = 0; input < row.Length; input++)
                result[(input * Taps) + tap] = row[input];
        }
    }

    private readonly ref struct TileMemory(int spacing) : IDisposable
    {
        private readonly float[] _first = ArrayPool<float>.Shared.Rent(TileGeometry.Elements * spacing);
        private readonly float[] _second = ArrayPool<float>.Shared.Rent(TileGeometry.Elements * spacing);

        public Span<float> First => _first;

        public Span<float> Second => _second;

        public void Dispose()
        {
            ArrayPool<float>.Shared.Return(_first);
            ArrayPool<float>.Shared.Return(_second);
        }
    }
}
