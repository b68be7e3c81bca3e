using MathNet.Numerics.LinearAlgebra;

namespace FeatureTransfer.Diagnostics;

/// <summary>Features of rows of two origins: what measures of shift compare.</summary>
public sealed class TwoSamples
{
    /// <summary>Takes features; they are copied.</summary>
    /// <param name="reference">A vector (features) a row, all of one length; at least two rows.</param>
    /// <param name="fresh">The same of the rows that are compared with them; at least two.</param>
    /// <exception cref="ArgumentException">There are too few rows, a vector has another length, or a value is not finite.</exception>
    public TwoSamples(IReadOnlyList<float[]> reference, IReadOnlyList<float[]> fresh)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(fresh);
        if (reference.Count < 2 || fresh.Count < 2 || reference[0].Length == 0)
            throw new ArgumentException($"There are {reference.Count} and {fresh.Count} rows. Expected two or more of each, with one feature or more.", nameof(fresh));
        Length = reference[0].Length;
        (Reference, Fresh) = (Copy(reference, nameof(reference)), Copy(fresh, nameof(fresh)));
    }

    /// <summary>The length of the vectors.</summary>
    public int Length { get; }

    internal double[][] Reference { get; }

    internal double[][] Fresh { get; }

    internal static Vector<double> Mean(double[][] rows) =>
        Vector<double>.Build.Dense(rows[0].Length, feature => rows.Average(row => row[feature]));

    /// <summary>The covariance (features, features), divided by the rows less one.</summary>
    internal static Matrix<double> Covariance(double[][] rows)
    {
        var mean = Mean(rows);
        var centred = Matrix<double>.Build.Dense(rows.Length, mean.Count, (row, feature) => rows[row][feature] - mean[feature]);
        return centred.TransposeThisAndMultiply(centred) / Math.Max(1, rows.Length - 1);
    }

    private double[][] Copy(IReadOnlyList<float[]> rows, string name)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row].Length != Length || !rows[row].All(float.IsFinite))
                throw new ArgumentException($"Row {row} has {rows[row].Length} features, or one that is not finite. Expected {Length} finite numbers, as the first row of the reference has.", name);
        }

        return [.. rows.Select(row => Array.ConvertAll(row, value => (double)value))];
    }
}
