using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>Ridge regression to +1 and -1 in closed form, over the smaller of the two Gram matrices: of features, or of rows.</summary>
internal static class RidgeSolver
{
    /// <summary>The weights: W = (X'X + aI)^-1 X'Y, which is X'(XX' + aI)^-1 Y, of centred X and Y.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="alpha">The penalty.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="weights">A weight for each row, above 0. Default null: all weigh 1.</param>
    public static LinearDecision Solve(LabelledFeatures rows, double alpha, CancellationToken cancellation, double[]? weights = null)
    {
        // A weight is that of a row that is there so often: each counts by its root on both sides.
        var counts = weights ?? [.. Enumerable.Repeat(1.0, rows.Count)];
        var roots = Array.ConvertAll(counts, Math.Sqrt);
        var (mean, total) = (Mean(rows, counts), counts.Sum());
        var byRow = Enumerable.Range(0, rows.Count).Select(row => Centred(rows.Row(row), mean, roots[row])).ToArray();
        var byFeature = Transpose(byRow, rows.Dimension);
        var overRows = rows.Count <= rows.Dimension;
        var gram = SymmetricMatrix.Gram(overRows ? byRow : byFeature, alpha, cancellation);
        gram.Factorize(cancellation);

        var (learned, biases) = (new float[rows.Classes * rows.Dimension], new float[rows.Classes]);
        for (var label = 0; label < rows.Classes; label++)
        {
            var share = rows.Labels.Zip(counts, (other, count) => other == label ? count : 0).Sum() / total;
            double[] targets = [.. rows.Labels.Zip(roots, (other, root) => root * ((other == label ? 1 : -1) - ((2 * share) - 1)))];
            var solution = overRows ? Times(byFeature, gram.Solve(targets)) : gram.Solve(Times(byFeature, targets));
            for (var i = 0; i < solution.Length; i++)
                learned[(label * rows.Dimension) + i] = (float)solution[i];
            biases[label] = (float)((2 * share) - 1 - TensorPrimitives.Dot<double>(solution, mean));
        }

        return new LinearDecision(learned, biases);
    }

    private static double[] Mean(LabelledFeatures rows, double[] counts)
    {
        var mean = new double[rows.Dimension];
        for (var row = 0; row < rows.Count; row++)
            TensorPrimitives.MultiplyAdd(Array.ConvertAll(rows.Row(row).ToArray(), value => (double)value), counts[row], mean, mean);
        TensorPrimitives.Divide(mean, counts.Sum(), mean);
        return mean;
    }

    private static double[] Centred(ReadOnlySpan<float> row, double[] mean, double root)
    {
        var centred = Array.ConvertAll(row.ToArray(), value => (double)value);
        TensorPrimitives.Subtract<double>(centred, mean, centred);
        TensorPrimitives.Multiply(centred, root, centred);
        return centred;
    }

    private static double[][] Transpose(double[][] rows, int dimension) =>
        [.. Enumerable.Range(0, dimension).Select(column => Array.ConvertAll(rows, row => row[column]))];

    private static double[] Times(double[][] rows, double[] vector) => Array.ConvertAll(rows, row => TensorPrimitives.Dot<double>(row, vector));
}
