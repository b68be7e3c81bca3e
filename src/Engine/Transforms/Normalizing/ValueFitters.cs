using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Learns from all values of each slot; what is not stored is 0.</summary>
internal abstract class ValueFitter<T>(int slots, bool isVector) : NormalizerFitter<T>(slots, isVector)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<T>[] _values = [.. Enumerable.Range(0, slots).Select(_ => new List<T>())];
    private readonly long[] _stored = new long[slots];

    protected override void AddValue(int slot, T value)
    {
        _stored[slot]++;
        if (!T.IsNaN(value))
            _values[slot].Add(value);
    }

    /// <summary>The values of a slot, once all rows are seen; missing ones are left out.</summary>
    protected List<T> Values(int slot)
    {
        _values[slot].AddRange(Enumerable.Repeat(T.Zero, (int)(Rows - _stored[slot])));
        _stored[slot] = Rows;
        return _values[slot];
    }
}

/// <summary>Learns bins of equal density.</summary>
internal sealed class BinFitter<T>(int slots, bool isVector, bool fixZero, int maxBins) : ValueFitter<T>(slots, isVector)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Normalizer Finish() =>
        new BinNormalizer<T>([.. Enumerable.Range(0, Slots).Select(slot => Binning.ByDensity(Values(slot), maxBins))], fixZero, IsVector);
}

/// <summary>Learns bins that tell the labels apart.</summary>
internal sealed class LabelBinFitter<T>(int slots, bool isVector, bool fixZero, int maxBins, int minPerBin, LabelReader labels)
    : NormalizerFitter<T>(slots, isVector)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<T>[] _values = [.. Enumerable.Range(0, slots).Select(_ => new List<T>())];
    private readonly List<int>[] _labels = [.. Enumerable.Range(0, slots).Select(_ => new List<int>())];

    protected override void AddValue(int slot, T value)
    {
        int label = labels.Values[RowInBatch];
        if (label < 0 || T.IsNaN(value))
            return;
        _values[slot].Add(value);
        _labels[slot].Add(label);
    }

    public override Normalizer Finish() => new BinNormalizer<T>(
        [.. Enumerable.Range(0, Slots).Select(slot => Binning.ByLabel(_values[slot], _labels[slot], maxBins, minPerBin))], fixZero, IsVector);
}

/// <summary>Learns the median and the range between two quantiles of the range.</summary>
internal sealed class RobustFitter<T>(int slots, bool isVector, bool center, uint quantileMin, uint quantileMax) : ValueFitter<T>(slots, isVector)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Normalizer Finish()
    {
        var scale = new T[Slots];
        var offset = new T[Slots];
        for (int slot = 0; slot < Slots; slot++)
        {
            var values = Values(slot);
            values.Sort();
            if (values.Count == 0)
                continue;
            // The share of the whole range that lies between the two quantiles, as in ML.NET; a constant column has none.
            double range = double.CreateTruncating(values[^1] - values[0]) * (quantileMax - quantileMin) / 100;
            scale[slot] = T.CreateTruncating(1 / range);
            offset[slot] = T.CreateTruncating(Median(values));
        }
        return new AffineNormalizer<T>(scale, center ? offset : null, IsVector);
    }

    private static double Median(List<T> sorted)
    {
        int middle = sorted.Count / 2;
        double above = double.CreateTruncating(sorted[middle]);
        return sorted.Count % 2 == 1 ? above : (double.CreateTruncating(sorted[middle - 1]) + above) / 2;
    }
}
