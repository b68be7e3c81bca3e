using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>A symmetric positive definite matrix by its lower half, and its Cholesky factor in its place.</summary>
internal sealed class SymmetricMatrix
{
    private readonly double[][] _rows;

    private SymmetricMatrix(double[][] rows) => _rows = rows;

    /// <summary>The products of all pairs of vectors, with a number added to the diagonal.</summary>
    public static SymmetricMatrix Gram(double[][] vectors, double diagonal, CancellationToken cancellation)
    {
        var rows = new double[vectors.Length][];
        Parallel.For(0, rows.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            rows[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
                rows[i][j] = TensorPrimitives.Dot<double>(vectors[i], vectors[j]);
            rows[i][i] += diagonal;
        });
        return new SymmetricMatrix(rows);
    }

    /// <summary>Replaces the matrix by its factor L, where LL' is the matrix.</summary>
    public void Factorize(CancellationToken cancellation)
    {
        for (var i = 0; i < _rows.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var j = 0; j <= i; j++)
            {
                var rest = _rows[i][j] - TensorPrimitives.Dot<double>(_rows[i].AsSpan(0, j), _rows[j].AsSpan(0, j));
                _rows[i][j] = i == j ? Math.Sqrt(Math.Max(rest, double.Epsilon)) : rest / _rows[j][j];
            }
        }
    }

    /// <summary>Solves for one right-hand side; <see cref="Factorize"/> comes first.</summary>
    public double[] Solve(double[] right) => Back(Forward(right));

    /// <summary>A row of the lower half; of L once <see cref="Factorize"/> was called.</summary>
    public ReadOnlySpan<double> Row(int row) => _rows[row];

    /// <summary>L'^-1 times a vector; <see cref="Factorize"/> comes first.</summary>
    public double[] Back(double[] right)
    {
        double[] solution = [.. right];
        for (var i = solution.Length - 1; i >= 0; i--)
        {
            solution[i] /= _rows[i][i];
            TensorPrimitives.MultiplyAdd(_rows[i].AsSpan(0, i), -solution[i], solution.AsSpan(0, i), solution.AsSpan(0, i));
        }

        return solution;
    }

    /// <summary>L^-1 times a vector, whose squared length is the vector's in the metric of the matrix's inverse; <see cref="Factorize"/> comes first.</summary>
    public double[] Forward(double[] right)
    {
        double[] solution = [.. right];
        for (var i = 0; i < solution.Length; i++)
            solution[i] = (solution[i] - TensorPrimitives.Dot<double>(_rows[i].AsSpan(0, i), solution.AsSpan(0, i))) / _rows[i][i];
        return solution;
    }
}
