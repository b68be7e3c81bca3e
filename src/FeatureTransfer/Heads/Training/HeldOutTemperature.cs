namespace FeatureTransfer.Heads;

/// <summary>The temperature of a classifier, by rows that it has not learned from.</summary>
internal static class HeldOutTemperature
{
    /// <summary>Fits it; 1 where the options ask for none, or no row can be held out.</summary>
    public static double Of(HeadOptions options, LabelledFeatures rows, CancellationToken cancellation)
    {
        if (options.CalibrationFolds == 0)
            return 1;
        var (logits, labels) = (new List<float[]>(), new List<int>());
        foreach (var (train, test) in HeldOut.Folds(rows, options.CalibrationFolds, options.RandomSeed))
        {
            var learned = (LinearDecision)options.Learn(train, cancellation);
            logits.AddRange(Enumerable.Range(0, test.Count).Select(row => learned.Logits(test.Row(row))));
            labels.AddRange(test.Labels);
        }

        return labels.Count == 0 ? 1 : TemperatureScaling.Fit(logits, labels, areLogits: true).Temperature;
    }
}
