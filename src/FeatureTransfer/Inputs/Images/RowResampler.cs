using System.Buffers;
using System.Runtime.CompilerServices;

namespace FeatureTransfer.Inputs.Images;

/// <summary>
/// Resizes an RGB image whose rows come from top to bottom: each source row is added to the few rows of the result that it counts
/// for, and a row that has all it needs is resized across and rounded. Memory grows with a row, not with the image.
/// </summary>
internal sealed class RowResampler : IDisposable
{
    // A pixel is read and written as four floats; the fourth is its neighbour's, or past the end.
    private const int Slack = 1;

    private readonly ResampleAxis _across;
    private readonly ResampleAxis _down;
    private readonly float[] _sums;
    private readonly float[] _resized;
    private readonly int _stride;
    private int _oldest;
    private int _next;

    public RowResampler(ResampleAxis across, ResampleAxis down)
    {
        (_across, _down) = (across, down);
        _stride = ((across.End - across.Begin) * 3) + Slack;
        _sums = ArrayPool<float>.Shared.Rent(checked(_stride * down.MostOpen));
        _resized = ArrayPool<float>.Shared.Rent((across.Length * 3) + Slack);
    }

    /// <summary>Takes a source row.</summary>
    /// <param name="y">Its number; each number from the down axis's Begin to its End is given once, in order.</param>
    /// <param name="row">RGB from the across axis's Begin to its End.</param>
    /// <param name="result">Receives the rows that are done: (height, width, 3).</param>
    [MethodImpl(Compiled.AtOnce)]
    public void Push(int y, ReadOnlySpan<byte> row, Span<byte> result)
    {
        while (_next < _down.Length && _down.First(_next) <= y)
            _next++;
        for (var i = _oldest; i < _next; i++)
        {
            var weight = _down.Weights(i)[y - _down.First(i)];
            if (y == _down.First(i))
                ResampleSums.Start(row, weight, Sums(i));
            else
                ResampleSums.Add(row, weight, Sums(i));
        }

        for (; _oldest < _next && _down.Last(_oldest) <= y; _oldest++)
            Finish(_oldest, result);
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_sums);
        ArrayPool<float>.Shared.Return(_resized);
    }

    private Span<float> Sums(int i) => _sums.AsSpan(i % _down.MostOpen * _stride, _stride);

    [MethodImpl(Compiled.AtOnce)]
    private void Finish(int i, Span<byte> result)
    {
        var length = _across.Length * 3;
        ResampleSums.Across(_across, Sums(i), _resized.AsSpan(0, length + Slack));
        ResampleSums.Round(_resized.AsSpan(0, length), result.Slice(i * length, length));
    }
}
