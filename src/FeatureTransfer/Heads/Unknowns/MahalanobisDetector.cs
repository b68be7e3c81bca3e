using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>
/// How far features lie from all classes, each a Gaussian with a mean of its own and one covariance for all (Lee and others 2018, "A simple unified
/// framework for detecting out-of-distribution samples", arXiv:1807.03888). A threshold comes of <see cref="FiniteSampleQuantile"/> over held-out rows of known classes.
/// </summary>
public sealed class MahalanobisDetector
{
    private readonly SymmetricMatrix _factor;
    private readonly double[][] _means;

    private MahalanobisDetector(SymmetricMatrix factor, double[][] means)
    {
        (_factor, _means) = (factor, [.. means.Select(factor.Forward)]);
        Centre = [.. Enumerable.Range(0, means[0].Length).Select(column => (float)means.Average(mean => mean[column]))];
    }

    /// <summary>The mean of the classes' means.</summary>
    internal float[] Centre { get; }

    /// <summary>What takes centred rows to a space in which the distance is Euclid's, (dimension, dimension): the rows of L'^-1.</summary>
    internal float[] Whitening()
    {
        var unit = new double[Centre.Length];
        var whitening = new float[unit.Length * unit.Length];
        for (var row = 0; row < unit.Length; row++)
        {
            unit[row] = 1;
            TensorPrimitives.ConvertSaturating<double, float>(_factor.Forward(unit), whitening.AsSpan(row * unit.Length, unit.Length));
            unit[row] = 0;
        }

        return whitening;
    }

    /// <summary>The classes' means there, (classes, dimension).</summary>
    internal float[] WhiteMeans()
    {
        var centre = _factor.Forward(Array.ConvertAll(Centre, value => (double)value));
        return [.. _means.SelectMany(mean => mean.Zip(centre, (value, middle) => (float)(value - middle)))];
    }

    /// <summary>Fits means and covariance.</summary>
    /// <param name="features">The features of each row.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="shrinkage">
    /// How far the covariance is drawn towards a multiple of the identity with the same trace, above 0 and at most 1: with fewer rows than features it could not be inverted
    /// otherwise. Default 0.1.
    /// </param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">There are no rows, not a label for each, rows of different lengths, or all rows of each class alike.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The shrinkage is out of range.</exception>
    public static MahalanobisDetector Fit(IReadOnlyList<float[]> features, IReadOnlyList<int> labels, double shrinkage = 0.1, CancellationToken cancellation = default) =>
        Fit(features, labels, shrinkage, mayBeAlike: false, cancellation);

    /// <summary>The same, where rows of each class may all be alike: the covariance is then the identity.</summary>
    internal static MahalanobisDetector Fit(IReadOnlyList<float[]> features, IReadOnlyList<int> labels, double shrinkage, bool mayBeAlike, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        if (features.Count == 0 || features.Count != labels.Count || features.Any(row => row.Length != features[0].Length))
            throw new ArgumentException($"There are {features.Count} rows of features and {labels.Count} labels. Expected rows of one length, and a label for each.", nameof(features));
        if (!(shrinkage is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(shrinkage), shrinkage, "Expected a number above 0, and at most 1.");

        var means = labels.Zip(features).GroupBy(row => row.First, row => row.Second).ToDictionary(rows => rows.Key, rows => Mean([.. rows]));
        var deviations = features.Zip(labels, (row, label) => Minus(row, means[label])).ToArray();
        var variance = deviations.Average(row => TensorPrimitives.SumOfSquares<double>(row)) / features[0].Length;
        if (variance == 0 && mayBeAlike)
            (variance, shrinkage) = (1, 1);
        if (variance == 0)
            throw new ArgumentException("All rows of each class are alike, so there is no covariance. Expected rows that differ.", nameof(features));
        var factor = SymmetricMatrix.Gram(Columns(deviations, Math.Sqrt((1 - shrinkage) / features.Count)), shrinkage * variance, cancellation);
        factor.Factorize(cancellation);
        return new MahalanobisDetector(factor, [.. means.Values]);
    }

    /// <summary>The squared Mahalanobis distance to the nearest class mean: the higher, the less known.</summary>
    /// <param name="features">The features of a row.</param>
    /// <exception cref="ArgumentException">The row has another length than those that it was fitted on.</exception>
    public double DistanceOf(float[] features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Length != _means[0].Length)
            throw new ArgumentException($"The row has {features.Length} features. Expected {_means[0].Length}.", nameof(features));
        var white = _factor.Forward(Array.ConvertAll(features, value => (double)value));
        return _means.Min(mean => Math.Pow(TensorPrimitives.Distance<double>(white, mean), 2));
    }

    private static double[] Mean(float[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Average(row => (double)row[column]))];

    private static double[] Minus(float[] row, double[] mean) => [.. row.Zip(mean, (value, center) => value - center)];

    private static double[][] Columns(double[][] rows, double factor) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(column => Array.ConvertAll(rows, row => row[column] * factor))];
}
