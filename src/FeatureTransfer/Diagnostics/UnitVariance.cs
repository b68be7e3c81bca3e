using HeadFeatures = FeatureTransfer.Heads.LabelledFeatures;

namespace FeatureTransfer.Diagnostics;

/// <summary>What brings features to one variance, as the penalty of a linear probe wants them; one that never varies stays.</summary>
internal sealed class UnitVariance
{
    private UnitVariance(float[] factors) => Factors = factors;

    /// <summary>One a feature.</summary>
    public float[] Factors { get; }

    /// <summary>Looks at rows.</summary>
    public static UnitVariance Of(HeadFeatures rows)
    {
        var factors = new float[rows.Dimension];
        for (var i = 0; i < factors.Length; i++)
        {
            var feature = i;
            var values = Enumerable.Range(0, rows.Count).Select(row => (double)rows.Row(row)[feature]).ToList();
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            factors[i] = deviation > 0 ? (float)(1 / deviation) : 1;
        }

        return new UnitVariance(factors);
    }

    /// <summary>The rows so scaled.</summary>
    public HeadFeatures Apply(HeadFeatures rows) =>
        new([.. rows.Values.Select((value, i) => value * Factors[i % rows.Dimension])], rows.Dimension, rows.Labels, rows.Classes);
}
