namespace FeatureTransfer.Pipelines.Advising;

/// <summary>Compares two chains over the same folds.</summary>
internal static class Paired
{
    /// <summary>The 95 % interval of how much better the first is than the second; null where they share no metric, have one fold, or folds of other rows.</summary>
    public static Interval? Difference(CrossValidationResult first, CrossValidationResult second)
    {
        // With rows that only one of them can use, the folds are not the same.
        if (first.Mean.Headline is not { } metric || !first.Folds.Select(fold => fold.TestRows).SequenceEqual(second.Folds.Select(fold => fold.TestRows)))
            return null;
        var sign = metric.HigherIsBetter ? 1 : -1;
        var differences = first.Folds.Zip(second.Folds, (one, other) => sign * (one.Metrics[metric.Name] - other.Metrics[metric.Name])).OfType<double>().ToList();
        if (differences.Count != first.Folds.Count)
            return null;
        var mean = differences.Average();
        var deviation = Math.Sqrt(differences.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, differences.Count - 1));
        return Interval.OfFolds(mean, deviation, first.Folds);
    }
}
