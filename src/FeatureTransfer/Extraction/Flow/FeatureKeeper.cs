using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>Looks features up and keeps them. The cache saves work and is no condition of it: where it fails the work goes on without, and says so once.</summary>
internal sealed class FeatureKeeper(byte[] scope, FeatureCache? cache, int length, ILogger logger)
{
    // So many rows at most are lost when the process is killed.
    private const int FlushRows = 32;
    private FeatureCache? _cache = cache;
    private int _unflushed;

    /// <summary>The features of a content, or null where they are not known.</summary>
    /// <param name="content">The content.</param>
    /// <param name="key">What <see cref="Keep"/> wants later.</param>
    public float[]? Find(ReadOnlySpan<byte> content, out FeatureKey key)
    {
        key = default;
        if (_cache is null)
            return null;
        var wanted = key = FeatureKey.Of(content, scope);
        var features = new float[length];
        var isKept = false;
        WithCache(kept => isKept = kept.TryGet(wanted, features));
        return isKept ? features : null;
    }

    /// <summary>Keeps what was computed.</summary>
    public void Keep(FeatureKey key, float[] features) => WithCache(kept =>
    {
        kept.Add(key, features);
        if (Interlocked.Increment(ref _unflushed) % FlushRows == 0)
            kept.Flush();
    });

    /// <summary>Says in the cache what its features are of.</summary>
    public void Describe(FeatureScope description) => _cache?.Describe(scope, description);

    /// <summary>Writes what was kept to disk.</summary>
    public void Flush() => WithCache(kept => kept.Flush());

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
