namespace FeatureTransfer.FineTuning;

/// <summary>The weights of classes.</summary>
internal static class ClassBalance
{
    /// <summary>One weight a class, by the inverse of its frequency, 1 in the mean over the rows; null where all count the same.</summary>
    public static float[]? Weights(TrainingLossOptions options, FineTuneTask task, IEnumerable<float[]> targets)
    {
        if (options.ClassWeights == ClassWeighting.None || task is FineTuneTask.Regression or FineTuneTask.MultiLabel)
            return null;
        var rows = targets.ToList();
        var counts = Enumerable.Range(0, rows[0].Length).Select(label => rows.Sum(row => row[label])).ToArray();
        return [.. counts.Select(count => count > 0 ? rows.Count / (counts.Length * count) : 1)];
    }
}
