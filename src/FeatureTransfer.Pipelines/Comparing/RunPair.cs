namespace FeatureTransfer.Pipelines.Comparing;

/// <summary>Two runs on the rows that both judged.</summary>
/// <param name="First">What is compared with.</param>
/// <param name="Second">What is compared.</param>
/// <param name="Counts">The rows on which the second is nearer to the truth, those on which the first is, and all.</param>
/// <param name="PValue">How likely chance alone divides the rows so unevenly, by McNemar's exact test; of several pairs, with Holm's correction.</param>
internal sealed record RunPair(ComparedRun First, ComparedRun Second, PairedRows Counts, double PValue)
{
    /// <summary>Compares two runs.</summary>
    /// <exception cref="FeatureTransferException">They have no row in common.</exception>
    public static RunPair Of(ComparedRun first, ComparedRun second, IReadOnlyDictionary<(string, string, int), JudgedRow> firstRows, IReadOnlyDictionary<(string, string, int), JudgedRow> secondRows)
    {
        var both = firstRows.Keys.Where(secondRows.ContainsKey).Select(key => (First: firstRows[key].Distance, Second: secondRows[key].Distance)).ToList();
        if (both.Count == 0)
            throw new FeatureTransferException($"{first.Path} and {second.Path} held out no row in common, by the names and labels of rows, so they cannot be compared: the first has '{firstRows.Values.FirstOrDefault()?.Input}', the second '{secondRows.Values.FirstOrDefault()?.Input}'. Run both pipelines with the same data, seed and split.");
        var counts = new PairedRows(both.Count(row => row.Second < row.First), both.Count(row => row.Second > row.First), both.Count);
        return new RunPair(first, second, counts, counts.PValue);
    }
}
