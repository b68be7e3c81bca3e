using MathNet.Numerics.LinearAlgebra;

namespace FeatureTransfer.Diagnostics;

/// <summary>Features of rows with the class of each: what scores of transferability look at.</summary>
public sealed class LabelledFeatures
{
    /// <summary>Takes features and classes; neither is copied.</summary>
    /// <param name="features">A vector (features) a row, all of one length; at least two rows.</param>
    /// <param name="classes">The class of each row, counted from 0; at least two differ.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, a vector has another length, or there is one class alone.</exception>
    public LabelledFeatures(IReadOnlyList<float[]> features, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(classes);
        if (features.Count != classes.Count)
            throw new ArgumentException($"There are {features.Count} rows of features and {classes.Count} classes. Expected one class a row.", nameof(classes));
        if (features.Count < 2 || features[0].Length == 0)
            throw new ArgumentException($"There are {features.Count} rows of {(features.Count == 0 ? 0 : features[0].Length)} features. Expected two rows or more, with one feature or more.", nameof(features));
        for (var row = 1; row < features.Count; row++)
        {
            if (features[row].Length != features[0].Length)
                throw new ArgumentException($"Row {row} has {features[row].Length} features, the first {features[0].Length}. Expected vectors of one length.", nameof(features));
        }

        if (classes.Any(value => value < 0) || classes.Distinct().Take(2).Count() < 2)
            throw new ArgumentException("Classes are counted from 0, and at least two are needed.", nameof(classes));
        (Features, Classes) = (features, classes);
        ClassCount = classes.Max() + 1;
    }

    /// <summary>The vectors.</summary>
    public IReadOnlyList<float[]> Features { get; }

    /// <summary>The class of each row, from 0.</summary>
    public IReadOnlyList<int> Classes { get; }

    /// <summary>One more than the highest class.</summary>
    public int ClassCount { get; }

    /// <summary>The number of rows.</summary>
    public int Count => Features.Count;

    /// <summary>The length of the vectors.</summary>
    public int Length => Features[0].Length;

    /// <summary>The features (rows, features) in double precision.</summary>
    /// <param name="centred">Whether each feature's mean is taken off.</param>
    internal Matrix<double> Matrix(bool centred)
    {
        var matrix = Matrix<double>.Build.Dense(Count, Length, (row, column) => Features[row][column]);
        if (centred)
        {
            var means = matrix.ColumnSums() / Count;
            matrix.MapIndexedInplace((_, column, value) => value - means[column]);
        }

        return matrix;
    }

    /// <summary>1 for the rows of a class, 0 for the others.</summary>
    internal Vector<double> Indicator(int value) => Vector<double>.Build.Dense(Count, row => Classes[row] == value ? 1 : 0);

    /// <summary>The classes that have a row.</summary>
    internal IEnumerable<int> UsedClasses => Classes.Distinct().Order();
}
