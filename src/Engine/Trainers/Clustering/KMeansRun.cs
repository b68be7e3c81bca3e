using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// The passes over the rows: each row's nearest centroid, by squared distance |x|² - 2 x·c + |c|². Sums are added up by
/// blocks of rows, in their order, so that the number of threads does not show.
/// </summary>
internal sealed class KMeansRun
{
    // So many blocks at a time have sums of their own.
    private const int Wave = 32;
    private const int RowsAtOnce = 64;

    private readonly ParallelOptions _parallel;
    private readonly float[] _norms;

    public KMeansRun(TrainingSet set, int threads)
    {
        Set = set;
        _parallel = new() { MaxDegreeOfParallelism = threads };
        Nearest = new int[set.Count];
        Distances = new float[set.Count];
        _norms = new float[set.Count];
        Parallel.ForEach(set.Blocks, _parallel, block =>
        {
            for (int i = 0; i < block.Count; i++)
                _norms[block.Start + i] = block.Row(i).NormSquared;
        });
    }

    public TrainingSet Set { get; }

    /// <summary>The nearest centroid of each row, after <see cref="Assign"/>.</summary>
    public int[] Nearest { get; }

    /// <summary>The squared distance of each row to it.</summary>
    public float[] Distances { get; }

    /// <summary>Moves centroids to the mean of their rows until their distances hardly fall.</summary>
    public void Refine(float[][] centroids, int maxIterations, double tolerance)
    {
        double before = double.PositiveInfinity;
        for (int i = 0; i < maxIterations; i++)
        {
            Assign(centroids);
            double cost = Cost();
            if (cost == 0 || before - cost <= tolerance * cost)
                return;
            before = cost;
            Move(centroids);
        }
    }

    /// <summary>The weighted sum of the distances.</summary>
    public double Cost()
    {
        double cost = 0;
        for (int i = 0; i < Distances.Length; i++)
            cost += (double)Distances[i] * Set.Weight(i);
        return cost;
    }

    public void Assign(float[][] centroids)
    {
        var matrix = new WeightMatrix(centroids.Length, Set.Features);
        var norms = new float[centroids.Length];
        for (int k = 0; k < centroids.Length; k++)
        {
            centroids[k].CopyTo(matrix.Values.AsSpan(k * Set.Features));
            norms[k] = TensorPrimitives.SumOfSquares<float>(centroids[k]);
        }
        Parallel.ForEach(Set.Blocks, _parallel, block => AssignBlock(block, matrix, norms));
    }

    private void AssignBlock(FeatureBlock block, WeightMatrix centroids, float[] norms)
    {
        int count = norms.Length;
        var room = new float[RowsAtOnce * count];
        for (int first = 0; first < block.Count; first += RowsAtOnce)
        {
            int rows = Math.Min(RowsAtOnce, block.Count - first);
            var products = room.AsSpan(0, rows * count);
            block.Multiply(centroids, first, rows, products);
            for (int i = 0; i < rows; i++)
            {
                var distances = products.Slice(i * count, count);
                TensorPrimitives.MultiplyAdd(distances, -2, norms, distances);
                int row = block.Start + first + i;
                Nearest[row] = TensorPrimitives.IndexOfMin(distances);
                // Rounding may leave less than nothing.
                Distances[row] = Math.Max(0, distances[Nearest[row]] + _norms[row]);
            }
        }
    }

    // A centroid without rows stays where it is.
    private void Move(float[][] centroids)
    {
        var total = new ClusterSums(centroids.Length, Set.Features);
        var parts = Enumerable.Range(0, Math.Min(Wave, Set.Blocks.Length)).Select(_ => new ClusterSums(centroids.Length, Set.Features)).ToArray();
        for (int first = 0; first < Set.Blocks.Length; first += Wave)
        {
            int count = Math.Min(Wave, Set.Blocks.Length - first);
            Parallel.For(0, count, _parallel, i => parts[i].Fill(Set, Set.Blocks[first + i], Nearest));
            for (int i = 0; i < count; i++)
                total.Add(parts[i]);
        }
        for (int k = 0; k < centroids.Length; k++)
            total.Mean(k, centroids[k]);
    }
}

/// <summary>The sum of the rows of each cluster, and of their weights.</summary>
internal sealed class ClusterSums(int clusters, int features)
{
    private readonly double[] _sums = new double[clusters * features];
    private readonly double[] _weights = new double[clusters];

    public void Fill(TrainingSet set, FeatureBlock block, int[] nearest)
    {
        Array.Clear(_sums);
        Array.Clear(_weights);
        for (int i = 0; i < block.Count; i++)
        {
            int cluster = nearest[block.Start + i];
            double weight = set.Weight(block.Start + i);
            _weights[cluster] += weight;
            Add(block.Row(i), weight, _sums.AsSpan(cluster * features, features));
        }
    }

    public void Add(ClusterSums other)
    {
        TensorPrimitives.Add(_sums, other._sums, _sums);
        TensorPrimitives.Add(_weights, other._weights, _weights);
    }

    public void Mean(int cluster, float[] centroid)
    {
        if (_weights[cluster] <= 0)
            return;
        for (int j = 0; j < centroid.Length; j++)
            centroid[j] = (float)(_sums[(cluster * features) + j] / _weights[cluster]);
    }

    private static void Add(FeatureRow row, double weight, Span<double> sum)
    {
        for (int j = 0; j < row.Values.Length; j++)
            sum[row.IsDense ? j : row.Indices[j]] += weight * row.Values[j];
    }
}
