using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>
/// Rows by their coordinates in the space that they span. With a penalty on squared weights the best weights lie in that space, so where rows are fewer than
/// features nothing is lost and each step costs less.
/// </summary>
internal sealed class RowSpace
{
    // Rows that depend on each other, as normalized ones do, leave the matrix of their products singular.
    private const double Jitter = 1e-9;

    private readonly LabelledFeatures _rows;
    private readonly SymmetricMatrix _factor;

    private RowSpace(LabelledFeatures rows, SymmetricMatrix factor)
    {
        (_rows, _factor) = (rows, factor);
        var coordinates = new float[rows.Count * rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var i = 0; i <= row; i++)
                coordinates[(row * rows.Count) + i] = (float)factor.Row(row)[i];
        }

        Rows = new LabelledFeatures(coordinates, rows.Count, rows.Labels, rows.Classes);
    }

    /// <summary>The rows' coordinates: X = LQ', where Q's columns are orthonormal and LL' is XX'.</summary>
    public LabelledFeatures Rows { get; }

    /// <summary>Finds the coordinates.</summary>
    public static RowSpace Of(LabelledFeatures rows, CancellationToken cancellation)
    {
        var vectors = Enumerable.Range(0, rows.Count).Select(row => Array.ConvertAll(rows.Row(row).ToArray(), value => (double)value)).ToArray();
        var spread = vectors.Average(row => TensorPrimitives.SumOfSquares<double>(row));
        var factor = SymmetricMatrix.Gram(vectors, Math.Max(Jitter * spread, double.Epsilon), cancellation);
        factor.Factorize(cancellation);
        return new RowSpace(rows, factor);
    }

    /// <summary>A classifier of coordinates as one of features: Q is X'L'^-1.</summary>
    public LinearDecision Expand(LinearDecision decision)
    {
        var weights = new float[_rows.Classes * _rows.Dimension];
        for (var label = 0; label < _rows.Classes; label++)
        {
            var shares = _factor.Back(Array.ConvertAll(decision.Weights[(label * _rows.Count)..((label + 1) * _rows.Count)], value => (double)value));
            var sum = new double[_rows.Dimension];
            for (var row = 0; row < _rows.Count; row++)
                TensorPrimitives.MultiplyAdd(Array.ConvertAll(_rows.Row(row).ToArray(), value => (double)value), shares[row], sum, sum);
            for (var i = 0; i < sum.Length; i++)
                weights[(label * _rows.Dimension) + i] = (float)sum[i];
        }

        return new LinearDecision(weights, decision.Biases) { L2Regularization = decision.L2Regularization };
    }
}
