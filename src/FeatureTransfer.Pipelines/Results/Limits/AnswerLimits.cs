using FeatureTransfer.Heads;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>What rows that a model had not learned from tell of its answers: which labels come into question beside the likeliest, and when the input is like none that it knows.</summary>
/// <param name="Sets">When a label is in the set of a row; null where no sets were asked for.</param>
/// <param name="Unknown">When a row is unknown; null where that was not asked for.</param>
public sealed record AnswerLimits(SetLimit? Sets, UnknownLimit? Unknown)
{
    /// <summary>The labels that come into question for a row, the likeliest first.</summary>
    internal IReadOnlyList<string>? SetOf(IReadOnlyList<string> labels, float[] probabilities) =>
        Sets is { } sets ? [.. sets.Sets.Of([probabilities])[0].Select(label => labels[label])] : null;

    /// <summary>Whether a row is like none that the model knows.</summary>
    internal bool? IsUnknown(float? novelty) => Unknown is { } unknown && novelty is { } known ? known > unknown.Threshold : null;
}

/// <summary>The limit of conformal sets.</summary>
/// <param name="Coverage">The share of rows whose set is to hold their label.</param>
/// <param name="Threshold">By <see cref="ConformalMethod.LeastAmbiguous"/> 1 less the probability that a label needs to be in a set; by <see cref="ConformalMethod.Adaptive"/> the sum of probabilities up to which labels are.</param>
/// <param name="Rows">The rows that it was found on.</param>
public sealed record SetLimit(double Coverage, double Threshold, int Rows)
{
    /// <summary>How labels are ranked.</summary>
    public ConformalMethod Method { get; init; }

    internal ConformalSets Sets => new() { Method = Method, Coverage = Coverage, Threshold = Threshold, Seed = Seed };

    // Of a label that a fold did not know: beyond all others.
    private const double Last = 1;
    private const int Seed = 1;

    /// <summary>Finds it.</summary>
    internal static SetLimit Of(ConformalOptions options, IReadOnlyList<(IReadOnlyList<string> Labels, float[] Probabilities, string Label)> rows)
    {
        var scores = rows.Select(row => row.Labels.ToList().IndexOf(row.Label) is >= 0 and var place ? ConformalSets.Scores(row.Probabilities, options.Method, Seed)[place] : Last);
        return new SetLimit(options.Coverage, Math.Min(Last, FiniteSampleQuantile.At(scores, options.Coverage)), rows.Count) { Method = options.Method };
    }
}

/// <summary>The limit from which on a row is unknown.</summary>
/// <param name="Column">What tells.</param>
/// <param name="FalseAlarm">The share of rows of known classes that may be called unknown.</param>
/// <param name="Threshold">What the column, or the energy of its logits, is to be above; null where there were too few rows for the share, and none is unknown.</param>
/// <param name="Rows">The rows that it was found on.</param>
public sealed record UnknownLimit(string Column, double FalseAlarm, double? Threshold, int Rows);
