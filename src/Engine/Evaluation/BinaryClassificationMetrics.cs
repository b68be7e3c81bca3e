namespace Microsoft.ML.Data;

/// <summary>How well one class was told from the other.</summary>
public class BinaryClassificationMetrics
{
    internal BinaryClassificationMetrics(ConfusionMatrix matrix, RankedScores scores)
    {
        ConfusionMatrix = matrix;
        scores.Sort();
        AreaUnderRocCurve = scores.AreaUnderRoc();
        AreaUnderPrecisionRecallCurve = scores.AreaUnderPrecisionRecall();
        PositivePrecision = matrix.PerClassPrecision[0];
        NegativePrecision = matrix.PerClassPrecision[1];
        PositiveRecall = matrix.PerClassRecall[0];
        NegativeRecall = matrix.PerClassRecall[1];
        F1Score = ConfusionMatrix.Ratio(2 * PositivePrecision * PositiveRecall, PositivePrecision + PositiveRecall);
        Accuracy = (matrix.Counts[0][0] + matrix.Counts[1][1]) / matrix.Counts.Sum(row => row.Sum());
    }

    public double AreaUnderRocCurve { get; }

    public double Accuracy { get; }

    public double PositivePrecision { get; }

    public double PositiveRecall { get; }

    public double NegativePrecision { get; }

    public double NegativeRecall { get; }

    public double F1Score { get; }

    public double AreaUnderPrecisionRecallCurve { get; }

    /// <summary>The positive class comes first.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }
}

/// <summary>The same, with how far the probabilities are right.</summary>
public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(ConfusionMatrix matrix, RankedScores scores, double logLoss)
        : base(matrix, scores)
    {
        double positives = matrix.Counts[0].Sum();
        double share = positives / (positives + matrix.Counts[1].Sum());
        LogLoss = logLoss;
        Entropy = -(share * Math.Log2(share)) - ((1 - share) * Math.Log2(1 - share));
        LogLossReduction = (Entropy - LogLoss) / Entropy;
    }

    /// <summary>In bits.</summary>
    public double LogLoss { get; }

    public double LogLossReduction { get; }

    /// <summary>The entropy of the labels, in bits.</summary>
    public double Entropy { get; }
}
