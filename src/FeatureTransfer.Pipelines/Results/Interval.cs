namespace FeatureTransfer.Pipelines.Results;

/// <summary>A 95 % confidence interval.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    private const double Z = 1.959964;

    // Student's t for 97.5 %, by degrees of freedom from 1.
    private static readonly double[] _t =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <summary>The interval of a share of rows, by Wilson (1927): it stays within 0 and 1 and holds for few rows.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    /// <param name="rows">The number of rows, 1 or more.</param>
    public static Interval OfShare(double share, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var scale = 1 + (Z * Z / rows);
        var middle = (share + (Z * Z / (2 * rows))) / scale;
        var half = Z / scale * Math.Sqrt((share * (1 - share) / rows) + (Z * Z / (4.0 * rows * rows)));
        return new Interval(middle - half, middle + half);
    }

    /// <summary>
    /// The interval of a mean over folds, by Nadeau and Bengio's corrected resampled t-test (2003): folds share most of their training rows, so they
    /// differ by less than independent ones, and the variance of their mean is taken larger by the ratio of test to training rows.
    /// </summary>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation over the folds.</param>
    /// <param name="folds">The folds; null comes of fewer than two.</param>
    public static Interval? OfFolds(double mean, double deviation, IReadOnlyList<FoldResult> folds)
    {
        ArgumentNullException.ThrowIfNull(folds);
        if (folds.Count < 2)
            return null;
        var ratio = folds.Average(fold => fold.TestRows / (double)fold.TrainRows);
        var half = Student(folds.Count - 1) * deviation * Math.Sqrt((1.0 / folds.Count) + ratio);
        return new Interval(mean - half, mean + half);
    }

    /// <summary>What of it lies between 0 and 1, where shares lie.</summary>
    internal Interval WithinOne() => new(Math.Max(0, Low), Math.Min(1, High));

    // Beyond the table the first terms of the expansion in 1/n are exact to four digits.
    private static double Student(int freedom) => freedom <= _t.Length ? _t[freedom - 1] : Z + (2.3723 / freedom) + (2.8225 / ((double)freedom * freedom));
}
