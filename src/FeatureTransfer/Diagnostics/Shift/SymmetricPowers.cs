using MathNet.Numerics.LinearAlgebra;

namespace FeatureTransfer.Diagnostics;

/// <summary>Powers of symmetric matrices without negative eigenvalues.</summary>
internal static class SymmetricPowers
{
    // What is below this share of the largest eigenvalue is rounding.
    private const double Least = 1e-12;

    /// <summary>The matrix to a power; a direction without variance stays without.</summary>
    public static Matrix<double> Power(this Matrix<double> matrix, double exponent)
    {
        var parts = matrix.Evd(Symmetricity.Symmetric);
        var values = parts.EigenValues.Real();
        var least = Least * Math.Max(values.Maximum(), double.Epsilon);
        var scaled = parts.EigenVectors.Clone();
        for (var i = 0; i < values.Count; i++)
            scaled.SetColumn(i, scaled.Column(i) * (values[i] > least ? Math.Pow(values[i], exponent) : 0));
        return scaled.TransposeAndMultiply(parts.EigenVectors);
    }

    /// <summary>The eigenvectors of the largest eigenvalues as columns, the largest first.</summary>
    public static Matrix<double> Leading(this Matrix<double> matrix, int count)
    {
        // Eigenvalues come in ascending order.
        var vectors = matrix.Evd(Symmetricity.Symmetric).EigenVectors;
        return Matrix<double>.Build.DenseOfColumnVectors(Enumerable.Range(1, count).Select(i => vectors.Column(vectors.ColumnCount - i)));
    }
}
