namespace Microsoft.ML.Transforms;

/// <summary>
/// Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations (C. G. J. Jacobi, 1846; the cyclic
/// order and the stable formula for the angle as in G. Golub and C. Van Loan, Matrix Computations, section 8.5).
/// </summary>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 60;

    /// <summary>Gives the eigenvalues, greatest first, and in the same order the eigenvectors, one a row. The matrix is overwritten.</summary>
    public static (double[] Values, double[][] Vectors) Solve(double[][] matrix)
    {
        int n = matrix.Length;
        var vectors = new double[n][];
        for (int i = 0; i < n; i++)
        {
            vectors[i] = new double[n];
            vectors[i][i] = 1;
        }
        for (int sweep = 0; sweep < MaxSweeps && !IsDiagonal(matrix); sweep++)
            for (int p = 0; p < n - 1; p++)
                for (int q = p + 1; q < n; q++)
                    Rotate(matrix, vectors, p, q);
        var order = Enumerable.Range(0, n).OrderByDescending(i => matrix[i][i]).ToArray();
        return ([.. order.Select(i => matrix[i][i])], [.. order.Select(i => vectors[i])]);
    }

    private static bool IsDiagonal(double[][] matrix)
    {
        double off = 0;
        double diagonal = 0;
        for (int i = 0; i < matrix.Length; i++)
        {
            diagonal += matrix[i][i] * matrix[i][i];
            for (int j = i + 1; j < matrix.Length; j++)
                off += matrix[i][j] * matrix[i][j];
        }
        return off <= 1e-30 * diagonal;
    }

    /// <summary>Turns rows and columns p and q so that their common element becomes zero.</summary>
    private static void Rotate(double[][] matrix, double[][] vectors, int p, int q)
    {
        double common = matrix[p][q];
        if (common == 0)
            return;
        double tau = (matrix[q][q] - matrix[p][p]) / (2 * common);
        double tangent = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
        double cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        double sine = tangent * cosine;
        foreach (var row in matrix)
            (row[p], row[q]) = ((cosine * row[p]) - (sine * row[q]), (sine * row[p]) + (cosine * row[q]));
        Turn(matrix[p], matrix[q], cosine, sine);
        Turn(vectors[p], vectors[q], cosine, sine);
    }

    private static void Turn(double[] p, double[] q, double cosine, double sine)
    {
        for (int i = 0; i < p.Length; i++)
            (p[i], q[i]) = ((cosine * p[i]) - (sine * q[i]), (sine * p[i]) + (cosine * q[i]));
    }
}
