using System.Numerics.Tensors;

namespace FeatureTransfer.Neighbours;

/// <summary>
/// Named vectors, and the exact nearest neighbours among them: every search compares with all items. It never changes once it is built or
/// loaded, and any number of threads may search it at once. <see cref="NeighbourIndexBuilder"/> makes one.
/// </summary>
public sealed class NeighbourIndex
{
    // A tile of rows stays in the processor's cache while the queries of a group are compared with it.
    private const int TileFloats = 32 * 1024, GroupSize = 16;
    private readonly float[] _vectors;
    private readonly Lazy<Dictionary<string, int>> _rows;

    internal NeighbourIndex(SimilarityMetric metric, int dimension, float[] vectors, IReadOnlyList<string> names, IReadOnlyDictionary<string, string> properties)
    {
        (Metric, Dimension, Names, Properties, _vectors) = (metric, dimension, names, properties, vectors);
        _rows = new(() => Enumerable.Range(0, Count).Reverse().Aggregate(new Dictionary<string, int>(Count, StringComparer.Ordinal), (rows, row) => { rows[Names[row]] = row; return rows; }));
    }

    /// <summary>How distances are computed.</summary>
    public SimilarityMetric Metric { get; }

    /// <summary>How many values a vector has.</summary>
    public int Dimension { get; }

    /// <summary>How many items there are, 1 or more.</summary>
    public int Count => Names.Count;

    /// <summary>The items' names by row; they need not differ.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What whoever built the index noted of it, such as the backbone that computed the vectors.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>All vectors, one after the other.</summary>
    internal ReadOnlySpan<float> Vectors => _vectors;

    /// <summary>Reads an index that <see cref="Save"/> wrote into memory, and checks that it is as it was written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FeatureTransferException">The file is missing, of another kind or version, or damaged; the message says what part of it.</exception>
    public static NeighbourIndex Load(string path) => NeighbourIndexFile.Read(path);

    /// <summary>Writes the index to a file, which appears when it is whole.</summary>
    /// <param name="path">The file, by custom <c>.fti</c>.</param>
    /// <exception cref="FeatureTransferException">The file cannot be written.</exception>
    public void Save(string path) => NeighbourIndexFile.Write(path, this);

    /// <summary>The vector of an item: with <see cref="SimilarityMetric.Cosine"/> scaled to length 1, else as it was added.</summary>
    /// <param name="row">The item's row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<float> Vector(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        return _vectors.AsSpan(row * Dimension, Dimension);
    }

    /// <summary>The first row with a name; -1 where there is none.</summary>
    /// <param name="name">The name.</param>
    public int IndexOf(string name) => _rows.Value.GetValueOrDefault(name, -1);

    /// <summary>The items nearest to a vector, the nearest first; of equally near ones, those with the lower rows. It runs on the caller's thread.</summary>
    /// <param name="query">The vector.</param>
    /// <param name="k">How many; all items where there are fewer.</param>
    /// <exception cref="ArgumentException">The vector is of another length, or has a value that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public IReadOnlyList<Neighbour> Search(ReadOnlySpan<float> query, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return Search([Prepare(query)], k)[0];
    }

    /// <summary>The nearest items of each of many vectors, on all cores.</summary>
    /// <param name="queries">The vectors.</param>
    /// <param name="k">How many for each; all items where there are fewer.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The neighbours of each vector as <see cref="Search(ReadOnlySpan{float}, int)"/> gives them, in the order of the vectors.</returns>
    /// <exception cref="ArgumentException">A vector is of another length, or has a value that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public IReadOnlyList<IReadOnlyList<Neighbour>> SearchMany(IReadOnlyList<float[]> queries, int k, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        float[][][] groups = [.. queries.Select(query => Prepare(query)).Chunk(Math.Clamp(queries.Count / Environment.ProcessorCount, 1, GroupSize))];
        var found = new Neighbour[groups.Length][][];
        Parallel.For(0, groups.Length, new ParallelOptions { CancellationToken = cancellationToken }, group => found[group] = Search(groups[group], k));
        return [.. found.SelectMany(group => group)];
    }

    private Neighbour[][] Search(float[][] queries, int k)
    {
        var nearest = Array.ConvertAll(queries, _ => new NearestRows(Math.Min(k, Count)));
        var tile = Math.Max(1, TileFloats / Dimension);
        var distances = new float[tile];
        for (var row = 0; row < Count; row += tile)
        {
            var some = distances.AsSpan(0, Math.Min(tile, Count - row));
            for (var i = 0; i < queries.Length; i++)
            {
                VectorSpace.Distances(Metric, queries[i], _vectors.AsSpan(row * Dimension, some.Length * Dimension), some);
                nearest[i].Offer(row, some);
            }
        }

        return Array.ConvertAll(nearest, rows => rows.Sorted().Select(found => new Neighbour(found.Row, Names[found.Row], found.Distance)).ToArray());
    }

    private float[] Prepare(ReadOnlySpan<float> query)
    {
        if (query.Length != Dimension)
            throw new ArgumentException($"The vector has {query.Length} values, and those of the index have {Dimension}.", nameof(query));
        if (!TensorPrimitives.IsFiniteAll(query))
            throw new ArgumentException("The vector has a value that is not a finite number.", nameof(query));
        var prepared = query.ToArray();
        VectorSpace.Prepare(Metric, prepared);
        return prepared;
    }
}
