namespace FeatureTransfer.FineTuning;

/// <summary>The receiver operating characteristic.</summary>
internal static class RocCurve
{
    /// <summary>The area under the curve: the share of pairs in the right order, equals counting half (Mann and Whitney, 1947).</summary>
    /// <returns>Not a number where all labels are alike, or where a score is not a number.</returns>
    public static double Area(IReadOnlyList<float> scores, IReadOnlyList<float> labels)
    {
        if (scores.Any(float.IsNaN))
            return double.NaN;
        var order = Enumerable.Range(0, scores.Count).OrderBy(i => scores[i]).ToArray();
        var (positives, ranks) = (0.0, 0.0);
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end < order.Length && scores[order[end]] == scores[order[start]])
                end++;
            var among = order[start..end].Count(i => labels[i] > 0.5f);
            positives += among;
            ranks += among * ((start + 1 + end) / 2.0);
            start = end;
        }

        return (ranks - (positives * (positives + 1) / 2)) / (positives * (order.Length - positives));
    }
}
