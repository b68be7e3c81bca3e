namespace FeatureTransfer.FineTuning;

/// <summary>The weights of classes.</summary>
internal static class ClassBalance
{
    /// <summary>
    /// One weight a class, by the inverse of its frequency, 1 in the mean over the rows; null where all rows count the same. Rows of a target domain
    /// have no class, and with weights of 1 they do not count.
    /// </summary>
    public static float[]? Weights(FineTuneOptions options, TuningModel model, IEnumerable<float[]> targets)
    {
        if (options.Loss.ClassWeights == ClassWeighting.None || model.Layout.Task is FineTuneTask.Regression or FineTuneTask.MultiLabel)
            return options.Alignment.IsOn ? [.. Enumerable.Repeat(1f, model.Outputs)] : null;
        var rows = targets.ToList();
        var counts = Enumerable.Range(0, rows[0].Length).Select(label => rows.Sum(row => row[label])).ToArray();
        return [.. counts.Select(count => count > 0 ? rows.Count / (counts.Length * count) : 1)];
    }
}
