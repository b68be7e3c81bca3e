namespace Microsoft.ML.Data;

/// <summary>How well numbers were predicted.</summary>
public sealed class RegressionMetrics
{
    internal RegressionMetrics(long rows, double absolute, double squares, double labels, double labelSquares)
    {
        if (rows == 0)
            return;
        MeanAbsoluteError = absolute / rows;
        MeanSquaredError = squares / rows;
        RootMeanSquaredError = Math.Sqrt(MeanSquaredError);
        LossFunction = MeanSquaredError;
        double variation = labelSquares - (labels * labels / rows);
        RSquared = variation > 0 ? 1 - (squares / variation) : double.NaN;
    }

    public double MeanAbsoluteError { get; }

    public double MeanSquaredError { get; }

    public double RootMeanSquaredError { get; }

    /// <summary>The mean of the squared loss.</summary>
    public double LossFunction { get; }

    /// <summary>The share of the labels' variance that the predictions explain; NaN where the labels are all the same.</summary>
    public double RSquared { get; }
}
