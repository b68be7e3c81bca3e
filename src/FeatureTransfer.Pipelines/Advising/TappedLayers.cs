using FeatureTransfer.Extraction;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Advising;

/// <summary>An open backbone that gives several layers of a row side by side.</summary>
internal sealed class TappedLayers : IDisposable
{
    private readonly TransformerChain<ITransformer> _chain;
    private readonly Extractors _extractors;
    private readonly Dictionary<string, (int Start, int Length)> _ranges = new(StringComparer.Ordinal);

    /// <summary>Takes a chain that was fitted.</summary>
    /// <param name="chain">The frozen steps of a pipeline.</param>
    /// <param name="tensors">The tensors that are tapped, in the order of their features.</param>
    /// <param name="lengths">How many features each has, by the number of all.</param>
    public TappedLayers(TransformerChain<ITransformer> chain, IReadOnlyList<string> tensors, Func<int, IReadOnlyList<int>> lengths)
    {
        (_chain, _extractors, Tensors) = (chain, new Extractors(chain), tensors);
        try
        {
            var start = 0;
            foreach (var (tensor, length) in tensors.Zip(lengths(chain.OfType<ExtractFeaturesTransformer>().First().FeatureLength)))
            {
                _ranges[tensor] = (start, length);
                start += length;
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The tensors that are tapped.</summary>
    public IReadOnlyList<string> Tensors { get; }

    /// <summary>How many rows were computed so far; the others came from the cache.</summary>
    public long RowsComputed => _chain.OfType<ExtractFeaturesTransformer>().Sum(part => part.RowsComputed);

    /// <summary>Where the features of a tensor lie among those of a row.</summary>
    public (int Start, int Length) RangeOf(string tensor) => _ranges[tensor];

    /// <summary>The rows with their features.</summary>
    public Table Read(IDataView rows, CancellationToken cancellation) => TableReader.Read(_chain.Transform(rows), cancellation);

    public void Dispose() => _extractors.Dispose();
}
