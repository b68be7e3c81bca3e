using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>The two stages between an input and its features: look up or prepare, and run and keep. Safe to use from several threads.</summary>
internal sealed class FeatureStages(FixedPreparation preparation, FeatureKeeper keeper)
{
    /// <summary>Takes the features of an input from the cache, or else prepares it straight into its row of the batch.</summary>
    /// <exception cref="BadInputException">The input cannot be used.</exception>
    public PreparedInput Prepare(FeatureInput input, EncodedBuffer buffer, Func<TensorBatch> tensors, int row)
    {
        var content = buffer.Read(input);
        var features = keeper.Find(content.Span, out var key);
        if (features is null)
            preparation.Read(content, tensors().Input(row), input.Name);
        return new PreparedInput(key, features);
    }

    /// <summary>Takes a row's features out of a batch that was run, and keeps them.</summary>
    public float[] Take(TensorBatch tensors, int row, FeatureKey key)
    {
        var features = tensors.Output(row).ToArray();
        keeper.Keep(key, features);
        return features;
    }

    /// <summary>Writes what was kept to disk.</summary>
    public void Flush() => keeper.Flush();
}

/// <summary>An input after preparation: its key, and its features where they were cached.</summary>
internal readonly record struct PreparedInput(FeatureKey Key, float[]? Cached);
