using MathNet.Numerics.LinearAlgebra;

namespace FeatureTransfer.Diagnostics;

/// <summary>The left singular vectors of a matrix (rows, features) and the squares of its singular values, by the smaller of its two Gram matrices.</summary>
/// <param name="Left">The vectors as columns (rows, rank).</param>
/// <param name="Squares">The squared singular values, all above 0.</param>
internal sealed record Spectrum(Matrix<double> Left, Vector<double> Squares)
{
    // Eigenvalues of a Gram matrix are exact to about this share of the largest one; what is below is rounding.
    private const double Least = 1e-12;

    public static Spectrum Of(Matrix<double> matrix)
    {
        var tall = matrix.RowCount > matrix.ColumnCount;
        var gram = tall ? matrix.TransposeThisAndMultiply(matrix) : matrix.TransposeAndMultiply(matrix);
        var parts = gram.Evd(Symmetricity.Symmetric);
        var values = parts.EigenValues.Real();
        var kept = Enumerable.Range(0, values.Count).Where(i => values[i] > Least * Math.Max(values[^1], double.Epsilon)).ToList();
        if (kept.Count == 0)
            return new Spectrum(Matrix<double>.Build.Dense(matrix.RowCount, 1), Vector<double>.Build.Dense(1));
        var vectors = Matrix<double>.Build.DenseOfColumnVectors(kept.Select(parts.EigenVectors.Column));
        var squares = Vector<double>.Build.DenseOfEnumerable(kept.Select(i => values[i]));
        return new Spectrum(tall ? matrix * vectors * Matrix<double>.Build.DiagonalOfDiagonalVector(squares.Map(square => 1 / Math.Sqrt(square))) : vectors, squares);
    }
}
