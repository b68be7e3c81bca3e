namespace FeatureTransfer.Pipelines.Results;

/// <summary>How the limits of a model's answers do on judged rows.</summary>
/// <param name="Sets">The sets of labels; null where there are none.</param>
/// <param name="Unknown">The rows called unknown; null where none can be.</param>
public sealed record LimitsReport(SetReport? Sets, UnknownReport? Unknown)
{
    /// <summary>Judges answers.</summary>
    internal static LimitsReport Of(AnswerLimits limits, IReadOnlyList<Prediction> answers, IReadOnlyList<PredictionRow> rows) => new(
        limits.Sets is { } sets ? SetReport.Of(sets, [.. answers.Select(answer => answer.Set!)], [.. rows.Select(row => row.Label)]) : null,
        limits.Unknown is { } unknown ? UnknownReport.Of(unknown, [.. answers.Select(answer => answer.Unknown == true)], [.. rows.Select(row => row.Label == row.Predicted)]) : null);
}

/// <summary>How often sets hold the label, and how large they are.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Covered">The share of rows whose set holds their label.</param>
/// <param name="Interval">Its 95 % interval.</param>
/// <param name="MeanSize">The mean number of labels in a set.</param>
/// <param name="Single">The share of rows with one label in the set.</param>
/// <param name="Empty">The share with none: no label fits as it usually does.</param>
public sealed record SetReport(SetLimit Limit, double Covered, Interval Interval, double MeanSize, double Single, double Empty)
{
    internal static SetReport Of(SetLimit limit, IReadOnlyList<IReadOnlyList<string>> sets, IReadOnlyList<string> labels)
    {
        var covered = sets.Zip(labels).Average(row => row.First.Contains(row.Second) ? 1.0 : 0);
        return new SetReport(limit, covered, Interval.OfShare(covered, sets.Count), sets.Average(set => set.Count), sets.Average(set => set.Count == 1 ? 1.0 : 0), sets.Average(set => set.Count == 0 ? 1.0 : 0));
    }
}

/// <summary>How many rows are called unknown. All judged rows are of known labels, unless the data hold others, so this is false alarm.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Share">The share of rows called unknown.</param>
/// <param name="Interval">Its 95 % interval.</param>
/// <param name="KnownAccuracy">The share of the other rows that are right; null where there are none.</param>
public sealed record UnknownReport(UnknownLimit Limit, double Share, Interval Interval, double? KnownAccuracy)
{
    internal static UnknownReport Of(UnknownLimit limit, IReadOnlyList<bool> unknown, IReadOnlyList<bool> right)
    {
        var share = unknown.Average(row => row ? 1.0 : 0);
        bool[] known = [.. right.Where((_, row) => !unknown[row])];
        return new UnknownReport(limit, share, Interval.OfShare(share, unknown.Count), known.Length == 0 ? null : known.Average(row => row ? 1.0 : 0));
    }
}
