using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>The two stages between an input and its features: look up or decode, and run and keep. Safe to use from several threads.</summary>
internal sealed class FeatureStages(ImagePreprocessor preprocessor, byte[] scope, FeatureCache? cache, int length)
{
    // So many rows at most are lost when the process is killed.
    private const int FlushRows = 32;
    private int _unflushed;

    /// <summary>Takes the features of an input from the cache, or else decodes it straight into its row of the batch.</summary>
    /// <exception cref="BadInputException">The input cannot be used.</exception>
    public PreparedInput Prepare(FeatureInput input, EncodedBuffer buffer, Func<TensorBatch> tensors, int row)
    {
        var bytes = buffer.Read(input);
        FeatureKey key = default;
        if (cache is not null)
        {
            key = FeatureKey.Of(bytes.Span, scope);
            var features = new float[length];
            if (cache.TryGet(key, features))
                return new PreparedInput(key, features);
        }

        preprocessor.Read(bytes, tensors().Input(row), input.Name);
        return new PreparedInput(key, null);
    }

    /// <summary>Takes a row's features out of a batch that was run, and keeps them.</summary>
    public float[] Take(TensorBatch tensors, int row, FeatureKey key)
    {
        var features = tensors.Output(row).ToArray();
        if (cache is not null)
        {
            cache.Add(key, features);
            if (Interlocked.Increment(ref _unflushed) % FlushRows == 0)
                cache.Flush();
        }

        return features;
    }

    /// <summary>Says in the cache what its features are of.</summary>
    public void Describe(FeatureScope description) => cache?.Describe(scope, description);

    /// <summary>Writes what was kept to disk.</summary>
    public void Flush() => cache?.Flush();
}

/// <summary>An input after decoding: its key, and its features where they were cached.</summary>
internal readonly record struct PreparedInput(FeatureKey Key, float[]? Cached);
