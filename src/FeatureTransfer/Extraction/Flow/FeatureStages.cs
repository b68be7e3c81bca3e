using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Inputs.Images;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>The two stages between an input and its features: look up or decode, and run and keep. Safe to use from several threads.</summary>
internal sealed class FeatureStages(ImagePreprocessor preprocessor, byte[] scope, FeatureCache? cache, int length, ILogger logger)
{
    // So many rows at most are lost when the process is killed.
    private const int FlushRows = 32;
    private FeatureCache? _cache = cache;
    private int _unflushed;

    /// <summary>Takes the features of an input from the cache, or else decodes it straight into its row of the batch.</summary>
    /// <exception cref="BadInputException">The input cannot be used.</exception>
    public PreparedInput Prepare(FeatureInput input, EncodedBuffer buffer, Func<TensorBatch> tensors, int row)
    {
        var bytes = buffer.Read(input);
        FeatureKey key = default;
        if (_cache is not null)
        {
            key = FeatureKey.Of(bytes.Span, scope);
            var features = new float[length];
            var isKept = false;
            WithCache(kept => isKept = kept.TryGet(key, features));
            if (isKept)
                return new PreparedInput(key, features);
        }

        preprocessor.Read(bytes, tensors().Input(row), input.Name);
        return new PreparedInput(key, null);
    }

    /// <summary>Takes a row's features out of a batch that was run, and keeps them.</summary>
    public float[] Take(TensorBatch tensors, int row, FeatureKey key)
    {
        var features = tensors.Output(row).ToArray();
        WithCache(kept =>
        {
            kept.Add(key, features);
            if (Interlocked.Increment(ref _unflushed) % FlushRows == 0)
                kept.Flush();
        });
        return features;
    }

    /// <summary>Says in the cache what its features are of.</summary>
    public void Describe(FeatureScope description) => _cache?.Describe(scope, description);

    /// <summary>Writes what was kept to disk.</summary>
    public void Flush() => WithCache(kept => kept.Flush());

    // The cache saves work and is no condition of it: where it fails the work goes on without, and says so once.
    private void WithCache(Action<FeatureCache> use)
    {
        if (_cache is not { } kept)
            return;
        try
        {
            use(kept);
        }
        catch (FeatureTransferException exception)
        {
            if (Interlocked.Exchange(ref _cache, null) is not null)
                logger.LogWarning("Features are not kept: {Reason}", exception.Message);
        }
    }
}

/// <summary>An input after decoding: its key, and its features where they were cached.</summary>
internal readonly record struct PreparedInput(FeatureKey Key, float[]? Cached);
