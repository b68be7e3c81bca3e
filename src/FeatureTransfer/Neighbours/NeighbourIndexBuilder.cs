using System.Numerics.Tensors;

namespace FeatureTransfer.Neighbours;

/// <summary>Takes named vectors one by one and makes an index of them. It is for one thread.</summary>
/// <param name="metric">How distances are computed. Default <see cref="SimilarityMetric.Cosine"/>.</param>
public sealed class NeighbourIndexBuilder(SimilarityMetric metric = SimilarityMetric.Cosine)
{
    private const int FirstRows = 256;
    private readonly List<string> _names = [];
    private float[] _vectors = [];
    private int _dimension;

    /// <summary>What to note of the index: it is kept in its file.</summary>
    public IDictionary<string, string> Properties { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How many items were added.</summary>
    public int Count => _names.Count;

    /// <summary>Adds an item.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="vector">Its vector; the first one says how many values all have.</param>
    /// <exception cref="FeatureTransferException">The vector is empty, of another length than the first one, or has a value that is not finite; or there is no room for more.</exception>
    public void Add(string name, ReadOnlySpan<float> vector)
    {
        ArgumentNullException.ThrowIfNull(name);
        var dimension = Count == 0 ? vector.Length : _dimension;
        if (vector.Length != dimension || dimension == 0)
            throw new FeatureTransferException($"{name}: the vector has {vector.Length} values. Expected {(Count == 0 ? "1 or more" : $"{dimension}, as the first item, {_names[0]}, has")}.");
        if (!TensorPrimitives.IsFiniteAll(vector))
            throw new FeatureTransferException($"{name}: the vector has a value that is not a finite number. Leave the item out.");
        if ((Count + 1L) * dimension > Array.MaxLength)
            throw new FeatureTransferException($"{name}: an index holds at most {Array.MaxLength / dimension} vectors of {dimension} values. Divide the items among several.");
        _dimension = dimension;
        var place = Room(Count * dimension, dimension);
        vector.CopyTo(place);
        VectorSpace.Prepare(metric, place);
        _names.Add(name);
    }

    /// <summary>The index of all items so far; more may be added afterwards, for the next one.</summary>
    /// <exception cref="FeatureTransferException">There are no items.</exception>
    public NeighbourIndex Build() => Count > 0
        ? new(metric, _dimension, _vectors.AsSpan(0, Count * _dimension).ToArray(), [.. _names], new Dictionary<string, string>(Properties, StringComparer.Ordinal))
        : throw new FeatureTransferException("There are no items to make an index of. Add one or more.");

    private Span<float> Room(int start, int length)
    {
        if (start + length > _vectors.Length)
            Array.Resize(ref _vectors, (int)Math.Min(Array.MaxLength, Math.Max(FirstRows * (long)length, 2L * _vectors.Length)));
        return _vectors.AsSpan(start, length);
    }
}
