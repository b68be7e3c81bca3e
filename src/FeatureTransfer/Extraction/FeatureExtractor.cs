namespace FeatureTransfer.Extraction;

/// <summary>The features of one input.</summary>
/// <param name="Input">The path.</param>
/// <param name="Features">The values.</param>
public sealed record ExtractedFeatures(string Input, float[] Features);

/// <summary>Extracts features without a data view: paths in, vectors out, in the same order and with flat memory.</summary>
public sealed class FeatureExtractor : IDisposable
{
    private const int ChunkBatches = 4;
    private readonly ExtractFeaturesTransformer _transformer;
    private readonly FeatureTransferServices _services;

    /// <summary>Opens the backbone.</summary>
    /// <param name="options">What to extract; the columns' names do not count.</param>
    /// <param name="services">Where things come from and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="FeatureTransferException">The backbone, a layer or a file is wrong.</exception>
    public FeatureExtractor(ExtractFeaturesOptions options, FeatureTransferServices? services = null)
    {
        _services = services ?? FeatureTransferServices.Default;
        _transformer = new ExtractFeaturesEstimator(options, _services).Open();
    }

    /// <summary>How many features a row has.</summary>
    public int FeatureLength => _transformer.FeatureLength;

    /// <summary>Extracts features; inputs that cannot be used are left out and told to <see cref="FeatureTransferServices.Rejected"/>.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IEnumerable<ExtractedFeatures> Extract(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var done = 0L;
        long? total = paths.TryGetNonEnumeratedCount(out var count) ? count : null;
        Task<(string[] Chunk, FeatureEngine.PreparedInput[] Prepared)>? ahead = null;
        using var chunks = paths.Chunk(_transformer.Options.BatchSize * ChunkBatches).GetEnumerator();
        do
        {
            var current = ahead;
            ahead = chunks.MoveNext() ? PrepareAhead(chunks.Current, cancellationToken) : null;
            if (current is null)
                continue;
            var (chunk, prepared) = current.GetAwaiter().GetResult();
            var outputs = _transformer.Engine.Compute(prepared, cancellationToken);
            done += chunk.Length;
            _services.Progress?.Report(new WorkProgress($"Extracting features with {_transformer.BackboneId}", done, total));
            for (var row = 0; row < chunk.Length; row++)
            {
                if (outputs[row].Error is { } error)
                    _services.Rejected?.Reject(new RejectedRow(error.Input, error.Reason, "ExtractFeatures"));
                else
                    yield return new ExtractedFeatures(chunk[row], outputs[row].Features!);
            }
        }
        while (ahead is not null);
    }

    /// <inheritdoc/>
    public void Dispose() => _transformer.Dispose();

    // The next chunk is decoded while this one is computed.
    private Task<(string[] Chunk, FeatureEngine.PreparedInput[] Prepared)> PrepareAhead(string[] chunk, CancellationToken cancellationToken) =>
        Task.Run(() => (chunk, _transformer.Engine.Prepare(Array.ConvertAll(chunk, path => new FeatureInput(path, null)), cancellationToken)), cancellationToken);
}
