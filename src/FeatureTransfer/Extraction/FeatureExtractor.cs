using FeatureTransfer.Extraction.Flow;
using FeatureTransfer.Extraction.Sessions;

namespace FeatureTransfer.Extraction;

/// <summary>The features of one input.</summary>
/// <param name="Input">The path.</param>
/// <param name="Features">The values.</param>
public sealed record ExtractedFeatures(string Input, float[] Features);

/// <summary>Extracts features without a data view: paths in, vectors out, in the same order and with flat memory.</summary>
public sealed class FeatureExtractor : IDisposable
{
    private readonly ExtractFeaturesTransformer _transformer;

    /// <summary>Opens the backbone.</summary>
    /// <param name="options">What to extract; the columns' names do not count.</param>
    /// <param name="services">Where things come from and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="FeatureTransferException">The backbone, a layer or a file is wrong.</exception>
    public FeatureExtractor(ExtractFeaturesOptions options, FeatureTransferServices? services = null) =>
        _transformer = new ExtractFeaturesEstimator(options, services).Open();

    /// <summary>How many features a row has.</summary>
    public int FeatureLength => _transformer.FeatureLength;

    /// <summary>How many rows were computed by the backbone so far; the others came from the cache.</summary>
    public long RowsComputed => _transformer.RowsComputed;

    internal FeatureFlow Flow => _transformer.Engine.Flow;

    internal TensorPool Pool => _transformer.Engine.Pool;

    /// <summary>Extracts features; inputs that cannot be used are left out and told to <see cref="FeatureTransferServices.Rejected"/>.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IEnumerable<ExtractedFeatures> Extract(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        long? total = paths.TryGetNonEnumeratedCount(out var count) ? count : null;
        var report = new FlowReport(_transformer, total);
        foreach (var row in _transformer.Engine.Flow.Run(paths.Select(path => new FlowInput<string>(new FeatureInput(path, null), path)), cancellationToken, total))
        {
            if (report.Accepts(row.Error))
                yield return new ExtractedFeatures(row.Payload, row.Features!);
        }

        report.End();
    }

    /// <inheritdoc/>
    public void Dispose() => _transformer.Dispose();
}
