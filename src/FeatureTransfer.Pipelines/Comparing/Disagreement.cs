namespace FeatureTransfer.Pipelines.Comparing;

/// <summary>A row that runs answer differently.</summary>
/// <param name="Input">What the row is called by.</param>
/// <param name="Label">The truth.</param>
/// <param name="Answers">The answer of each run.</param>
internal sealed record Disagreement(string Input, string Label, IReadOnlyList<JudgedRow> Answers)
{
    /// <summary>The rows that all have judged and not all alike, those first whose answers are farthest apart in how wrong they are.</summary>
    public static IReadOnlyList<Disagreement> Of(IReadOnlyList<IReadOnlyDictionary<(string Input, string Label, int Turn), JudgedRow>> runs) =>
    [
        .. runs[0].Keys
            .Where(key => runs.All(run => run.ContainsKey(key)))
            .Select(key => new Disagreement(key.Input, key.Label, [.. runs.Select(run => run[key])]))
            .Where(row => row.Answers.DistinctBy(answer => answer.Predicted, StringComparer.Ordinal).Skip(1).Any())
            .OrderByDescending(row => row.Answers.Max(answer => answer.Distance) - row.Answers.Min(answer => answer.Distance)),
    ];
}
