namespace FeatureTransfer.Benchmarks.Gradients.Torch;

/// <summary>A tensor that PyTorch wrote.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>float32</c> or <c>int64</c>.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Length">A gradient: its Euclidean length, in double precision.</param>
/// <param name="PeerError">A gradient: the relative error of PyTorch's own in single precision.</param>
internal sealed record TorchTensor(string Name, string Kind, long[] Shape, long Offset, double Length, double PeerError)
{
    /// <summary>The number of elements.</summary>
    public int Count { get; } = (int)Shape.Aggregate(1L, (product, size) => product * size);
}
