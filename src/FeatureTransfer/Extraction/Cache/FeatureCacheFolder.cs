namespace FeatureTransfer.Extraction;

/// <summary>Looks after a cache's folder: tells what is in it, checks it, makes it smaller. Other processes may use the cache meanwhile.</summary>
public sealed class FeatureCacheFolder
{
    private readonly TimeProvider _clock;
    private readonly CacheSettings _settings;

    /// <summary>Looks after a folder.</summary>
    /// <param name="folder">The folder. Default <see cref="FeatureTransferPaths.Features"/>.</param>
    public FeatureCacheFolder(string? folder = null)
        : this(folder ?? FeatureTransferPaths.Features, new CacheSettings())
    {
    }

    internal FeatureCacheFolder(string folder, CacheSettings settings)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = Path.GetFullPath(folder);
        (_settings, _clock) = (settings, settings.Clock);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>What is in the cache, a scope a row; features themselves are not read.</summary>
    public IReadOnlyList<FeatureScopeStatistics> Statistics() =>
        [.. CacheLayout.Scopes(Folder).Select(scope => FeatureScopeStatistics.Of(ScopeStore.PathOf(Folder, scope), scope))];

    /// <summary>Reads every record and checks it.</summary>
    /// <param name="progress">Is told how many bytes were read. Default nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public FeatureCacheVerification Verify(IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new CacheVerifier(progress, cancellationToken).Verify(Folder);

    /// <summary>
    /// Removes what the options say, damaged and repeated records, and merges small segments. New segments are on the disk before the old ones
    /// are removed, so that it may be stopped at any moment. Segments that a process is writing to are left alone.
    /// </summary>
    /// <param name="options">What goes.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FeatureTransferException">Another is at it, or the folder cannot be written to.</exception>
    public FeatureCachePruned Prune(FeatureCachePruneOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return CachePruner.Run(Folder, options, _settings, _clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Removes all features; those of processes that are at work may stay.</summary>
    /// <returns>How many bytes became free.</returns>
    /// <exception cref="FeatureTransferException">Another is at it, or the folder cannot be written to.</exception>
    public long Clear() => Prune(new FeatureCachePruneOptions { MaxSize = 0 }).BytesFreed;
}
