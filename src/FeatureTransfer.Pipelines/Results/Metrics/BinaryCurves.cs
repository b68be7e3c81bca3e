using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>How a score tells positive from negative rows, over all thresholds. Rows with equal scores are one point.</summary>
internal static class BinaryCurves
{
    /// <summary>What a report shows, with curves of few points.</summary>
    /// <param name="scores">One score a row; higher is more likely positive.</param>
    /// <param name="truths">Whether each row is positive.</param>
    /// <param name="threshold">The score from which on a row is called positive; its points on the curves are kept.</param>
    /// <param name="positiveLabel">The label of rows that are positive.</param>
    /// <param name="negativeLabel">The label of the others.</param>
    /// <exception cref="ArgumentException">The lists have different lengths, or a score is not a number.</exception>
    public static BinaryDetail Detail(IReadOnlyList<float> scores, IReadOnlyList<bool> truths, double threshold, string positiveLabel, string negativeLabel) => new()
    {
        PositiveLabel = positiveLabel,
        NegativeLabel = negativeLabel,
        Threshold = threshold,
        Roc = CurveThinning.Thin(Roc(scores, truths), threshold),
        PrecisionRecall = CurveThinning.Thin(PrecisionRecall(scores, truths), threshold),
    };

    /// <summary>The receiver operating characteristic, from (0, 0), which has a threshold above all scores, to (1, 1).</summary>
    /// <returns>Empty where all rows are alike: one of the rates is not defined.</returns>
    /// <exception cref="ArgumentException">The lists have different lengths, or a score is not a number.</exception>
    public static IReadOnlyList<CurvePoint> Roc(IReadOnlyList<float> scores, IReadOnlyList<bool> truths)
    {
        var counts = ThresholdCounts.Of(scores, truths);
        if (counts is not [.., { TruePositives: > 0, FalsePositives: > 0 } all])
            return [];
        return
        [
            new CurvePoint(0, 0, Math.BitIncrement(counts[0].Threshold)),
            .. counts.Select(count => new CurvePoint((double)count.FalsePositives / all.FalsePositives, (double)count.TruePositives / all.TruePositives, count.Threshold)),
        ];
    }

    /// <summary>The precision-recall curve, by falling threshold: the recall rises, and ends at 1.</summary>
    /// <returns>Empty where no row is positive.</returns>
    /// <exception cref="ArgumentException">The lists have different lengths, or a score is not a number.</exception>
    public static IReadOnlyList<CurvePoint> PrecisionRecall(IReadOnlyList<float> scores, IReadOnlyList<bool> truths)
    {
        var counts = ThresholdCounts.Of(scores, truths);
        return counts is [.., { TruePositives: > 0 } all]
            ? [.. counts.Select(count => new CurvePoint((double)count.TruePositives / all.TruePositives, (double)count.TruePositives / (count.TruePositives + count.FalsePositives), count.Threshold))]
            : [];
    }

    /// <summary>The area under the receiver operating characteristic: the share of pairs in the right order, equal scores counting half.</summary>
    /// <returns>Not a number where all rows are alike.</returns>
    public static double AreaUnderRoc(IReadOnlyList<float> scores, IReadOnlyList<bool> truths) =>
        RocCurve.Area(scores, [.. truths.Select(truth => truth ? 1f : 0f)]);

    /// <summary>The average precision: each precision counts with the recall that its threshold adds. No line is drawn between the points, which would flatter.</summary>
    /// <returns>Not a number where no row is positive.</returns>
    /// <exception cref="ArgumentException">The lists have different lengths, or a score is not a number.</exception>
    public static double AveragePrecision(IReadOnlyList<float> scores, IReadOnlyList<bool> truths)
    {
        var curve = PrecisionRecall(scores, truths);
        return curve.Count == 0 ? double.NaN : curve.Select((point, i) => (point.X - (i == 0 ? 0 : curve[i - 1].X)) * point.Y).Sum();
    }

    /// <summary>
    /// The threshold with the best F1, the harmonic mean of precision and recall: halfway between two scores, so that rows of later data that lie
    /// close to either fall on its side. Of several that are equally good, the highest.
    /// </summary>
    /// <param name="scores">One score a row, of rows that the model has not learned from.</param>
    /// <param name="truths">Whether each row is positive.</param>
    /// <exception cref="ArgumentException">The lists have different lengths, a score is not a number, or no row is positive.</exception>
    public static double BestF1Threshold(IReadOnlyList<float> scores, IReadOnlyList<bool> truths)
    {
        var counts = ThresholdCounts.Of(scores, truths);
        if (counts is not [.., { TruePositives: > 0 } all])
            throw new ArgumentException("No row is positive, so no threshold is better than another. Give rows of both labels.", nameof(truths));

        // F1 = 2 TP / (called positive + positive); MaxBy keeps the first of equals, which is the highest threshold.
        var best = Enumerable.Range(0, counts.Count).MaxBy(i => 2.0 * counts[i].TruePositives / (counts[i].TruePositives + counts[i].FalsePositives + all.TruePositives));
        return best + 1 < counts.Count ? Between(counts[best].Threshold, counts[best + 1].Threshold) : counts[best].Threshold;
    }

    // Infinite scores have no middle.
    private static double Between(double above, double below) => double.IsFinite(above) && double.IsFinite(below) ? (above + below) / 2 : above;
}
