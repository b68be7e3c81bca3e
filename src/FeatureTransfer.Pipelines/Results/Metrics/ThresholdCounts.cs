namespace FeatureTransfer.Pipelines.Results;

/// <summary>What a threshold makes of rows: those with this score or more are called positive.</summary>
/// <param name="Threshold">The score.</param>
/// <param name="TruePositives">The positive rows among them.</param>
/// <param name="FalsePositives">The negative rows among them.</param>
internal readonly record struct ThresholdCounts(double Threshold, int TruePositives, int FalsePositives)
{
    /// <summary>One entry for each score that occurs, from the highest to the lowest; the last one calls every row positive.</summary>
    /// <exception cref="ArgumentException">The lists have different lengths, or a score is not a number.</exception>
    public static IReadOnlyList<ThresholdCounts> Of(IReadOnlyList<float> scores, IReadOnlyList<bool> truths)
    {
        Check(scores, truths);
        var counts = new List<ThresholdCounts>();
        var (truePositives, falsePositives) = (0, 0);
        var order = Enumerable.Range(0, scores.Count).OrderByDescending(row => scores[row]).ToArray();
        for (var i = 0; i < order.Length; i++)
        {
            if (truths[order[i]])
                truePositives++;
            else
                falsePositives++;

            // Rows with equal scores cannot be told apart: they fall on one side together.
            if (i + 1 == order.Length || scores[order[i + 1]] != scores[order[i]])
                counts.Add(new ThresholdCounts(scores[order[i]], truePositives, falsePositives));
        }

        return counts;
    }

    private static void Check(IReadOnlyList<float> scores, IReadOnlyList<bool> truths)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(truths);
        if (scores.Count != truths.Count)
            throw new ArgumentException($"There are {scores.Count} scores and {truths.Count} truths; give one of each a row.", nameof(truths));
        for (var row = 0; row < scores.Count; row++)
        {
            if (float.IsNaN(scores[row]))
                throw new ArgumentException($"The score of row {row} is not a number, so it has no place among the others. Look for features that are not numbers, or lower the learning rate.", nameof(scores));
        }
    }
}
