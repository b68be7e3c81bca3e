using System.Runtime.InteropServices;

namespace FeatureTransfer.Onnx.Memory;

/// <summary>
/// Which parts of a range of bytes are free. A part is taken from the smallest free block that holds it (best fit), the first of several;
/// blocks that touch are one.
/// </summary>
internal sealed class FreeBlocks
{
    // By start. There are few, tens or hundreds, so that looking at all of them is quick.
    private readonly List<(nuint Start, nuint Length)> _free;

    /// <summary>All of a range is free.</summary>
    /// <param name="length">The bytes of the range.</param>
    public FreeBlocks(nuint length) => _free = [(0, length)];

    /// <summary>The free blocks, by start.</summary>
    public IReadOnlyList<(nuint Start, nuint Length)> All => _free;

    /// <summary>Takes bytes.</summary>
    /// <param name="length">How many; more than 0.</param>
    /// <param name="start">Where they begin.</param>
    /// <returns>Whether there is a block of so many.</returns>
    public bool TryTake(nuint length, out nuint start)
    {
        start = 0;
        if (BestFit(length) is not (>= 0 and var best))
            return false;
        start = _free[best].Start;
        if (_free[best].Length == length)
            _free.RemoveAt(best);
        else
            _free[best] = (start + length, _free[best].Length - length);
        return true;
    }

    /// <summary>Gives bytes back that were taken.</summary>
    public void Give(nuint start, nuint length)
    {
        var next = FirstAfter(start);
        if (next < _free.Count && _free[next].Start == start + length)
        {
            length += _free[next].Length;
            _free.RemoveAt(next);
        }

        if (next > 0 && _free[next - 1].Start + _free[next - 1].Length == start)
            _free[next - 1] = (_free[next - 1].Start, _free[next - 1].Length + length);
        else
            _free.Insert(next, (start, length));
    }

    private int BestFit(nuint length)
    {
        var best = -1;
        var least = nuint.MaxValue;
        var free = CollectionsMarshal.AsSpan(_free);
        for (var i = 0; i < free.Length; i++)
        {
            if (free[i].Length >= length && free[i].Length < least)
                (best, least) = (i, free[i].Length);
        }

        return best;
    }

    private int FirstAfter(nuint start)
    {
        var (low, high) = (0, _free.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _free[middle].Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
