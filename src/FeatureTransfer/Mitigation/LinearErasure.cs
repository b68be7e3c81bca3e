using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace FeatureTransfer.Mitigation;

/// <summary>
/// The affine map behind which no linear classifier tells a concept better than by its frequencies, and which moves the features least in the mean square
/// (Belrose and others, 2023, "LEACE: Perfect Linear Concept Erasure in Closed Form"): x - W^+ U U' W (x - mean), W being the whitening of the features and U
/// an orthonormal basis of W Cov(x, z).
/// </summary>
/// <param name="Mean">The mean of the features.</param>
/// <param name="Matrix">What (x - mean) is multiplied by from the right, before the mean is added again: (features, features).</param>
/// <param name="Rank">How many directions are taken out.</param>
internal sealed record LinearErasure(Vector<double> Mean, Matrix<double> Matrix, int Rank)
{
    // Of the largest singular value or variance: less is rounding.
    private const double Negligible = 1e-6;

    /// <summary>Learns the map.</summary>
    /// <param name="features">(rows, features).</param>
    /// <param name="concepts">The concept of each row, from 0.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static LinearErasure Of(double[][] features, int[] concepts, CancellationToken cancellation)
    {
        var rows = Matrix<double>.Build.DenseOfRowArrays(features);
        var mean = rows.ColumnSums() / rows.RowCount;
        var centred = Matrix<double>.Build.Dense(rows.RowCount, rows.ColumnCount, (row, column) => rows[row, column] - mean[column]);
        var count = concepts.Max() + 1;
        var shares = concepts.CountBy(concept => concept).ToDictionary(pair => pair.Key, pair => pair.Value / (double)concepts.Length);
        var indicators = Matrix<double>.Build.Dense(concepts.Length, count, (row, concept) => (concepts[row] == concept ? 1 : 0) - shares.GetValueOrDefault(concept));
        cancellation.ThrowIfCancellationRequested();
        var (whitening, colouring) = Roots(centred.TransposeThisAndMultiply(centred) / rows.RowCount);
        cancellation.ThrowIfCancellationRequested();
        var crossed = whitening * centred.TransposeThisAndMultiply(indicators) / rows.RowCount;
        var basis = Basis(crossed.Svd());
        var removed = colouring * basis * basis.Transpose() * whitening;
        return new LinearErasure(mean, Matrix<double>.Build.DenseIdentity(mean.Count) - removed.Transpose(), basis.ColumnCount);
    }

    // S^-1/2 on the space in which the rows vary, and S^1/2.
    private static (Matrix<double> Whitening, Matrix<double> Colouring) Roots(Matrix<double> covariance)
    {
        var decomposition = covariance.Evd(Symmetricity.Symmetric);
        var values = decomposition.EigenValues.Map(value => value.Real);
        var least = values.Maximum() * Negligible;
        return (Power(-0.5), Power(0.5));

        Matrix<double> Power(double exponent) =>
            decomposition.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(values.Map(value => value > least ? Math.Pow(value, exponent) : 0, Zeros.Include)) * decomposition.EigenVectors.Transpose();
    }

    private static Matrix<double> Basis(Svd<double> decomposition)
    {
        var rank = decomposition.S.Count(value => value > Negligible && value > decomposition.S[0] * Negligible);
        return decomposition.U.SubMatrix(0, decomposition.U.RowCount, 0, Math.Max(1, rank)) * (rank == 0 ? 0 : 1);
    }
}
