namespace FeatureTransfer.Pipelines.Advising;

/// <summary>Chooses among the candidates of the last round.</summary>
internal static class Choice
{
    // What saves less than this is not worth a worse probe.
    private const double WorthSaving = 0.8;

    /// <summary>
    /// The best, or the cheapest that is within one standard error of it, see Breiman and others, "Classification and Regression Trees" (1984).
    /// </summary>
    /// <param name="last">The candidates of the last round, the best first.</param>
    public static (AdvisedLayers Pick, string Why) Of(IReadOnlyList<AdvisedLayers> last)
    {
        var best = last[0];
        var metric = best.Probe.Mean.Headline is { } headline ? Words(headline.Name) : "score";
        var error = Error(best);
        var pick = last
            .Where(other => Worse(best, other) <= error && other.SecondsPerRow > 0 && other.SecondsPerRow < WorthSaving * best.SecondsPerRow)
            .MinBy(other => other.SecondsPerRow) ?? best;
        var found = Text($"{Name(best)} has the best cross-validated {metric}, {best.Score:0.000} on {best.Rows} rows");
        return ReferenceEquals(pick, best)
            ? (best, found + ".")
            : (pick, found + Text($"; {Name(pick)} is within one standard error of it ({pick.Score:0.000}) at {pick.SecondsPerRow / best.SecondsPerRow:0.00} of its time, and is taken."));
    }

    /// <summary>Candidates by how good they are.</summary>
    public static IOrderedEnumerable<AdvisedLayers> Best(IEnumerable<AdvisedLayers> candidates) => candidates
        .OrderByDescending(candidate => candidate.Probe.Mean.Headline is { HigherIsBetter: false } ? -candidate.Score : candidate.Score)
        .ThenByDescending(candidate => candidate.LogMe ?? 0)
        .ThenBy(candidate => candidate.SecondsPerRow);

    private static double Worse(AdvisedLayers best, AdvisedLayers other) => Math.Abs(best.Score - other.Score);

    private static double Error(AdvisedLayers candidate) =>
        candidate.Probe.Mean.Headline is { } headline && candidate.Probe.Folds.Count > 1 ? (candidate.Probe.Std[headline.Name] ?? 0) / Math.Sqrt(candidate.Probe.Folds.Count) : 0;

    private static string Name(AdvisedLayers candidate) => $"{candidate.Backbone} ({string.Join(", ", candidate.Layers)})";

    private static string Words(string name) => name == "microAccuracy" ? "accuracy" : name;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
