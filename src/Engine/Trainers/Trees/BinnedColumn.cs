using System.Numerics;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>The intervals that the rows' values of one feature belong to.</summary>
internal abstract class BinnedColumn(float[] bounds)
{
    /// <summary>The upper bounds of all intervals but the last.</summary>
    public float[] Bounds { get; } = bounds;

    public int BinCount => Bounds.Length + 1;

    public static BinnedColumn Create(float[] values, int maxBins)
    {
        var bounds = QuantileBins.Find([.. values], maxBins);
        return bounds.Length < 256 ? new BinnedColumn<byte>(bounds, values) : new BinnedColumn<ushort>(bounds, values);
    }

    public abstract int this[int row] { get; }

    /// <summary>Adds rows' targets and their number to their intervals.</summary>
    public abstract void Add(ReadOnlySpan<int> rows, ReadOnlySpan<double> targets, Span<double> sums, Span<int> counts);

    /// <summary>Adds rows' weights to their intervals.</summary>
    public abstract void Add(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<double> sums);

    /// <summary>Puts the rows of the intervals up to <paramref name="bin"/> first, keeping their order; tells how many.</summary>
    public abstract int Partition(Span<int> rows, Span<int> room, int bin);
}

/// <inheritdoc/>
internal sealed class BinnedColumn<T> : BinnedColumn
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly T[] _bins;

    public BinnedColumn(float[] bounds, float[] values)
        : base(bounds)
    {
        _bins = new T[values.Length];
        for (int i = 0; i < _bins.Length; i++)
            _bins[i] = T.CreateTruncating(QuantileBins.Of(bounds, values[i]));
    }

    public override int this[int row] => int.CreateTruncating(_bins[row]);

    public override void Add(ReadOnlySpan<int> rows, ReadOnlySpan<double> targets, Span<double> sums, Span<int> counts)
    {
        var bins = _bins;
        for (int i = 0; i < rows.Length; i++)
        {
            int bin = int.CreateTruncating(bins[rows[i]]);
            sums[bin] += targets[i];
            counts[bin]++;
        }
    }

    public override void Add(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<double> sums)
    {
        var bins = _bins;
        for (int i = 0; i < rows.Length; i++)
            sums[int.CreateTruncating(bins[rows[i]])] += weights[i];
    }

    public override int Partition(Span<int> rows, Span<int> room, int bin)
    {
        var bins = _bins;
        int left = 0;
        int right = 0;
        foreach (int row in rows)
        {
            if (int.CreateTruncating(bins[row]) <= bin)
                rows[left++] = row;
            else
                room[right++] = row;
        }
        room[..right].CopyTo(rows[left..]);
        return left;
    }
}
