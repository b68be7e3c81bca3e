using System.Numerics.Tensors;

namespace Microsoft.ML.Transforms;

/// <summary>
/// The directions in which rows of numbers differ most, found by subspace iteration from a random start: N. Halko,
/// P.-G. Martinsson and J. Tropp, "Finding structure with randomness", SIAM Review 53 (2011). Each iteration is one pass
/// over the rows, so that no matrix of features by features is formed.
/// </summary>
internal sealed class PrincipalComponents
{
    private const int MaxPasses = 40;
    private const double Tolerance = 1e-11;

    private readonly double[] _mean;

    private PrincipalComponents(double[][] vectors, double[] eigenvalues, double[] mean)
    {
        Vectors = vectors;
        Eigenvalues = eigenvalues;
        _mean = mean;
    }

    /// <summary>The components, of length 1: (rank, features).</summary>
    public IReadOnlyList<double[]> Vectors { get; }

    /// <summary>The mean squared length of the rows along each component.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>What is taken from the features before they are projected; zeros where no mean is removed.</summary>
    public IReadOnlyList<double> Mean => _mean;

    /// <summary>
    /// Finds the components of the rows, leaving out those with missing or infinite values. Further directions beyond the
    /// rank are followed, for the wanted ones to come out sooner and better.
    /// </summary>
    public static PrincipalComponents Find(ComponentRows rows, int rank, int oversampling, bool center, int seed)
    {
        int features = rows.Features;
        Check.Param(rank <= features, nameof(rank), $"Rank must be at most the number of features, which is {features}.");
        var (mean, total) = rows.Mean();
        if (total <= 0)
            throw new InvalidOperationException("There is no row without missing values to find components in.");
        // ML.NET's mean is this much greater than the mean; its components and its projection have it.
        TensorPrimitives.Multiply(mean, center ? 1 + (1 / total) : 0, mean);
        int width = Math.Min(features, rank + oversampling);
        var basis = Start(width, features, seed);
        var values = new double[rank];
        for (int pass = 1; ; pass++)
        {
            var image = rows.Covariance(basis, mean, total);
            var (eigenvalues, turns) = SymmetricEigen.Solve(Products(basis, image));
            bool done = width == features || pass == MaxPasses || Change(values, eigenvalues) <= Tolerance * eigenvalues[0];
            Array.Copy(eigenvalues, values, rank);
            if (done)
                return new(Signed(Turned(basis, turns, rank)), values, mean);
            basis = Orthogonal(image);
        }
    }

    private static double[][] Start(int width, int features, int seed)
    {
        var basis = new double[width][];
        var random = new Random(seed);
        for (int i = 0; i < width; i++)
        {
            basis[i] = new double[features];
            if (width == features)
                basis[i][i] = 1;
            else
                for (int j = 0; j < features; j++)
                    basis[i][j] = Normal(random);
        }
        return width == features ? basis : Orthogonal(basis);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Change(double[] before, double[] now)
    {
        double change = 0;
        for (int i = 0; i < before.Length; i++)
            change = Math.Max(change, Math.Abs(before[i] - now[i]));
        return change;
    }

    private static double[][] Products(double[][] basis, double[][] image)
    {
        var products = basis.Select(_ => new double[basis.Length]).ToArray();
        for (int i = 0; i < basis.Length; i++)
            for (int j = 0; j <= i; j++)
                products[i][j] = products[j][i] = (TensorPrimitives.Dot<double>(basis[i], image[j]) + TensorPrimitives.Dot<double>(basis[j], image[i])) / 2;
        return products;
    }

    private static double[][] Turned(double[][] basis, double[][] turns, int rank)
    {
        var turned = new double[rank][];
        for (int k = 0; k < rank; k++)
        {
            turned[k] = new double[basis[0].Length];
            for (int i = 0; i < basis.Length; i++)
                TensorPrimitives.MultiplyAdd(basis[i], turns[k][i], turned[k], turned[k]);
        }
        return turned;
    }

    // A component has two directions; one is chosen, so that the start does not show.
    private static double[][] Signed(double[][] vectors)
    {
        foreach (var vector in vectors)
            if (vector[TensorPrimitives.IndexOfMaxMagnitude<double>(vector)] < 0)
                TensorPrimitives.Negate(vector, vector);
        return vectors;
    }

    /// <summary>Gram and Schmidt's method, done twice for rounding not to show; a vector that depends on the others becomes zero.</summary>
    private static double[][] Orthogonal(double[][] vectors)
    {
        for (int i = 0; i < vectors.Length; i++)
        {
            double before = TensorPrimitives.Norm<double>(vectors[i]);
            for (int time = 0; time < 2; time++)
                for (int j = 0; j < i; j++)
                    TensorPrimitives.MultiplyAdd(vectors[j], -TensorPrimitives.Dot<double>(vectors[i], vectors[j]), vectors[i], vectors[i]);
            double norm = TensorPrimitives.Norm<double>(vectors[i]);
            TensorPrimitives.Multiply(vectors[i], norm > 1e-12 * before ? 1 / norm : 0, vectors[i]);
        }
        return vectors;
    }
}
