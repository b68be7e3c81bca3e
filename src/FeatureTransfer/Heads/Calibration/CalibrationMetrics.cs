using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>How well probabilities say how often they are right.</summary>
public sealed record CalibrationMetrics
{
    /// <summary>
    /// Expected calibration error over bins of equal width (Guo and others 2017): the mean gap, over rows, between the probability of the answer and
    /// the share of right answers in its bin. 0 is best.
    /// </summary>
    public required double ExpectedCalibrationError { get; init; }

    /// <summary>The same over bins of as many rows each (Nguyen and O'Connor 2015), which says more where most probabilities are near 1.</summary>
    public required double EqualMassCalibrationError { get; init; }

    /// <summary>The mean sum over classes of the squared difference to 1 for the class of the row and 0 for the others (Brier 1950), 0 to 2. 0 is best.</summary>
    public required double BrierScore { get; init; }

    /// <summary>The mean of minus the natural logarithm of the probability of the row's class; one below 1e-9 counts as that.</summary>
    public required double LogLoss { get; init; }

    /// <summary>The share of rows whose likeliest class is theirs.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Computes them.</summary>
    /// <param name="probabilities">The probabilities of each row's classes.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="bins">How many bins. Default 15.</param>
    /// <exception cref="ArgumentException">There are no rows, not a label for each, or fewer than one bin.</exception>
    public static CalibrationMetrics Of(IReadOnlyList<float[]> probabilities, IReadOnlyList<int> labels, int bins = 15)
    {
        ScoreChecks.Check(probabilities, labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var answers = probabilities.Zip(labels, (row, label) => (Confidence: (double)TensorPrimitives.Max<float>(row), IsRight: TensorPrimitives.IndexOfMax<float>(row) == label)).ToList();
        return new CalibrationMetrics
        {
            ExpectedCalibrationError = CalibrationBin.Error(CalibrationBin.OfEqualWidth(answers, bins)),
            EqualMassCalibrationError = CalibrationBin.Error(CalibrationBin.OfEqualMass(answers, bins)),
            BrierScore = probabilities.Zip(labels, Brier).Average(),
            LogLoss = probabilities.Zip(labels, (row, label) => -Math.Log(Math.Max(row[label], 1e-9))).Average(),
            Accuracy = answers.Average(answer => answer.IsRight ? 1.0 : 0),
        };
    }

    private static double Brier(float[] row, int label) => row.Index().Sum(share => Math.Pow(share.Item - (share.Index == label ? 1 : 0), 2));
}
