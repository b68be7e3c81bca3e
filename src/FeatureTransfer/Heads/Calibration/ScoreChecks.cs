namespace FeatureTransfer.Heads;

/// <summary>Checks that scores and labels belong together.</summary>
internal static class ScoreChecks
{
    /// <summary>Checks them.</summary>
    /// <exception cref="ArgumentException">There are no rows, not a label for each, or a label without a score.</exception>
    public static void Check(IReadOnlyList<float[]> scores, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(labels);
        if (scores.Count == 0 || scores.Count != labels.Count)
            throw new ArgumentException($"There are {scores.Count} rows of scores and {labels.Count} labels. Expected a label for each row, and one row or more.", nameof(labels));
        for (var row = 0; row < scores.Count; row++)
        {
            if (labels[row] < 0 || labels[row] >= scores[row].Length)
                throw new ArgumentException($"Row {row} has {scores[row].Length} scores and the label {labels[row]}. Labels count from 0.", nameof(labels));
        }
    }
}
