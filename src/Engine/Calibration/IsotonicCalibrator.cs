using System.Collections.Immutable;

namespace Microsoft.ML.Calibrators;

/// <summary>A rising function of the score: constant on pieces, linear between them.</summary>
public sealed class IsotonicCalibrator : ICalibrator
{
    internal const string Kind = "isotonic-calibrator";

    // Neither outcome is ever held for impossible.
    private const float MinProbability = 1e-15f;

    /// <summary>The smallest score of each piece.</summary>
    public readonly ImmutableArray<float> Mins;

    /// <summary>The largest score of each piece.</summary>
    public readonly ImmutableArray<float> Maxes;

    /// <summary>The probability on each piece.</summary>
    public readonly ImmutableArray<float> Values;

    internal IsotonicCalibrator(ImmutableArray<float> mins, ImmutableArray<float> maxes, ImmutableArray<float> values)
    {
        Mins = mins;
        Maxes = maxes;
        Values = values;
    }

    public float PredictProbability(float output) => float.IsNaN(output) ? output : Math.Clamp(Find(output), MinProbability, 1 - MinProbability);

    internal static IsotonicCalibrator Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new([.. ctx.Reader.ReadArray<float>()], [.. ctx.Reader.ReadArray<float>()], [.. ctx.Reader.ReadArray<float>()]);
    }

    internal void Save(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.WriteArray(Mins.AsSpan());
        ctx.Writer.WriteArray(Maxes.AsSpan());
        ctx.Writer.WriteArray(Values.AsSpan());
    }

    private float Find(float score)
    {
        if (Values.IsEmpty)
            return 0;
        int at = Maxes.BinarySearch(score);
        at = at >= 0 ? at : ~at;
        if (at == Maxes.Length)
            return Values[^1];
        if (at == 0 || score >= Mins[at])
            return Values[at];
        float share = (score - Maxes[at - 1]) / (Mins[at] - Maxes[at - 1]);
        return ((1 - share) * Values[at - 1]) + (share * Values[at]);
    }
}
