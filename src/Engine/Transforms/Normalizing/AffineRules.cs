using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Scales and offsets out of a column's statistics.</summary>
internal static class AffineRules
{
    /// <summary>The range to a width of 1; with zero fixed, the largest absolute value to 1.</summary>
    public static Normalizer MinMax<T>(SlotStatistics statistics, bool isVector, bool fixZero)
        where T : unmanaged, IFloatingPointIeee754<T> => Make<T>(statistics, isVector, fixZero, slot =>
        {
            double min = statistics.Min(slot);
            double max = statistics.Max(slot);
            if (!(min < max))
                return (0, 0);
            double scale = fixZero ? 1 / Math.Max(Math.Abs(min), Math.Abs(max)) : 1 / (max - min);
            return (scale, fixZero || scale == 0 ? 0 : min);
        });

    /// <summary>The spread to 1; with zero fixed, the root mean square to 1.</summary>
    public static Normalizer MeanVariance<T>(SlotStatistics statistics, bool isVector, bool fixZero)
        where T : unmanaged, IFloatingPointIeee754<T> => Make<T>(statistics, isVector, fixZero, slot =>
        {
            double mean = statistics.Mean(slot);
            double variance = statistics.Variance(slot);
            if (variance == 0)
                return (0, 0);
            return fixZero ? (1 / Math.Sqrt((mean * mean) + variance), 0) : (1 / Math.Sqrt(variance), mean);
        });

    public static Normalizer Cdf<T>(SlotStatistics statistics, bool isVector, bool useLog)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var mean = new T[statistics.Slots];
        var deviation = new T[statistics.Slots];
        for (int i = 0; i < mean.Length; i++)
        {
            double variance = statistics.Variance(i);
            mean[i] = T.CreateTruncating(variance == 0 ? 0 : statistics.Mean(i));
            deviation[i] = T.CreateTruncating(Math.Sqrt(variance));
        }
        return new CdfNormalizer<T>(mean, deviation, useLog, isVector);
    }

    private static AffineNormalizer<T> Make<T>(SlotStatistics statistics, bool isVector, bool fixZero, Func<int, (double Scale, double Offset)> rule)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var scale = new T[statistics.Slots];
        var offset = fixZero ? null : new T[statistics.Slots];
        for (int i = 0; i < scale.Length; i++)
        {
            var (s, o) = rule(i);
            scale[i] = T.CreateTruncating(s);
            if (offset is not null)
                offset[i] = T.CreateTruncating(o);
        }
        return new(scale, offset, isVector);
    }
}
