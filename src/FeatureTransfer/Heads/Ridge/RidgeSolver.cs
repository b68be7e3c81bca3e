using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>Ridge regression to +1 and -1 in closed form, over the smaller of the two Gram matrices: of features, or of rows.</summary>
internal static class RidgeSolver
{
    /// <summary>The weights: W = (X'X + aI)^-1 X'Y, which is X'(XX' + aI)^-1 Y, of centred X and Y.</summary>
    public static LinearDecision Solve(LabelledFeatures rows, double alpha, CancellationToken cancellation)
    {
        var mean = Mean(rows);
        var byRow = Enumerable.Range(0, rows.Count).Select(row => Centred(rows.Row(row), mean)).ToArray();
        var byFeature = Transpose(byRow, rows.Dimension);
        var overRows = rows.Count <= rows.Dimension;
        var gram = SymmetricMatrix.Gram(overRows ? byRow : byFeature, alpha, cancellation);
        gram.Factorize(cancellation);

        var (weights, biases) = (new float[rows.Classes * rows.Dimension], new float[rows.Classes]);
        for (var label = 0; label < rows.Classes; label++)
        {
            var share = rows.Labels.Count(other => other == label) / (double)rows.Count;
            double[] targets = [.. rows.Labels.Select(other => (other == label ? 1 : -1) - ((2 * share) - 1))];
            var solution = overRows ? Times(byFeature, gram.Solve(targets)) : gram.Solve(Times(byFeature, targets));
            for (var i = 0; i < solution.Length; i++)
                weights[(label * rows.Dimension) + i] = (float)solution[i];
            biases[label] = (float)((2 * share) - 1 - TensorPrimitives.Dot<double>(solution, mean));
        }

        return new LinearDecision(weights, biases);
    }

    private static double[] Mean(LabelledFeatures rows)
    {
        var mean = new double[rows.Dimension];
        for (var row = 0; row < rows.Count; row++)
            TensorPrimitives.Add<double>(mean, Array.ConvertAll(rows.Row(row).ToArray(), value => (double)value), mean);
        TensorPrimitives.Divide(mean, rows.Count, mean);
        return mean;
    }

    private static double[] Centred(ReadOnlySpan<float> row, double[] mean)
    {
        var centred = Array.ConvertAll(row.ToArray(), value => (double)value);
        TensorPrimitives.Subtract<double>(centred, mean, centred);
        return centred;
    }

    private static double[][] Transpose(double[][] rows, int dimension) =>
        [.. Enumerable.Range(0, dimension).Select(column => Array.ConvertAll(rows, row => row[column]))];

    private static double[] Times(double[][] rows, double[] vector) => Array.ConvertAll(rows, row => TensorPrimitives.Dot<double>(row, vector));
}
