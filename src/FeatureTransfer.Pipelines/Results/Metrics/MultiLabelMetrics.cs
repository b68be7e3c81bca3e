namespace FeatureTransfer.Pipelines.Results;

/// <summary>Judges rows that have any of several labels at once.</summary>
internal static class MultiLabelMetrics
{
    /// <summary>Metrics over all labels, the first of which is the one that counts, and how well each label is found.</summary>
    /// <param name="labels">The labels, in the order of the scores.</param>
    /// <param name="scores">One vector a row, (rows, labels).</param>
    /// <param name="truths">Whether a row has a label, (rows, labels).</param>
    /// <param name="threshold">The score from which on a row is given a label.</param>
    /// <exception cref="ArgumentException">There are no rows or no labels, the shapes differ, or a score is not a number.</exception>
    public static (IReadOnlyList<MetricValue> Metrics, MultiLabelDetail Detail) Evaluate(
        IReadOnlyList<string> labels, IReadOnlyList<IReadOnlyList<float>> scores, IReadOnlyList<IReadOnlyList<bool>> truths, double threshold)
    {
        Check(labels, scores, truths);
        var counts = labels.Select((_, label) => Counts.Of(label, scores, truths, threshold)).ToList();
        var precisions = labels.Select((_, label) => BinaryCurves.AveragePrecision([.. scores.Select(row => row[label])], [.. truths.Select(row => row[label])])).ToList();
        var results = labels.Select((label, i) => new LabelResult(label, counts[i].Precision, counts[i].Recall, counts[i].F1, double.IsNaN(precisions[i]) ? 0 : precisions[i], counts[i].Positive)).ToList();
        return (Metrics(counts, precisions, scores.Count), new MultiLabelDetail(results, threshold));

        List<MetricValue> Metrics(List<Counts> each, List<double> averagePrecisions, int rows) =>
        [
            new("microF1", each.Aggregate(Counts.Add).F1, true),

            // A label that no row has and none is given is neither found nor missed.
            new("macroF1", each.Where(label => label.Given + label.Positive > 0).Select(label => label.F1).DefaultIfEmpty(0).Average(), true),
            new("subsetAccuracy", Enumerable.Range(0, rows).Count(row => labels.Select((_, label) => label).All(label => (scores[row][label] >= threshold) == truths[row][label])) / (double)rows, true),
            new("hammingLoss", each.Sum(label => label.Wrong) / ((double)rows * labels.Count), false),

            // A label that no row has says nothing of the order of the rows.
            new("meanAveragePrecision", averagePrecisions.Where(double.IsFinite).DefaultIfEmpty(0).Average(), true),
        ];
    }

    private static void Check(IReadOnlyList<string> labels, IReadOnlyList<IReadOnlyList<float>> scores, IReadOnlyList<IReadOnlyList<bool>> truths)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(truths);
        if (labels.Count == 0 || scores.Count == 0)
            throw new ArgumentException($"There are {scores.Count} rows and {labels.Count} labels; give at least one of each.", nameof(scores));
        if (scores.Count != truths.Count)
            throw new ArgumentException($"There are {scores.Count} rows of scores and {truths.Count} of truths; give one of each a row.", nameof(truths));
        for (var row = 0; row < scores.Count; row++)
        {
            if (scores[row].Count != labels.Count || truths[row].Count != labels.Count)
                throw new ArgumentException($"Row {row} has {scores[row].Count} scores and {truths[row].Count} truths; give one of each for the {labels.Count} labels.", nameof(scores));
        }
    }

    private readonly record struct Counts(int Found, int Given, int Positive)
    {
        public int Wrong => Given + Positive - (2 * Found);

        public double Precision => Share(Found, Given);

        public double Recall => Share(Found, Positive);

        public double F1 => Share(2 * Found, Given + Positive);

        public static Counts Add(Counts a, Counts b) => new(a.Found + b.Found, a.Given + b.Given, a.Positive + b.Positive);

        public static Counts Of(int label, IReadOnlyList<IReadOnlyList<float>> scores, IReadOnlyList<IReadOnlyList<bool>> truths, double threshold)
        {
            var counts = new Counts(0, 0, 0);
            for (var row = 0; row < scores.Count; row++)
            {
                var (given, has) = (scores[row][label] >= threshold, truths[row][label]);
                counts = Add(counts, new Counts(given && has ? 1 : 0, given ? 1 : 0, has ? 1 : 0));
            }

            return counts;
        }

        private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
    }
}
