namespace FeatureTransfer.Extraction;

/// <summary>Makes a cache smaller: decides what goes, then writes the segments anew that hold something of it.</summary>
internal sealed class CachePruner : IDisposable
{
    private const string LockName = "prune";
    private readonly string _root;
    private readonly FeatureCachePruneOptions _options;
    private readonly CacheSettings _settings;
    private readonly DateTimeOffset _now;
    private readonly SegmentLock _lock;
    private readonly List<PrunedScope> _scopes = [];

    private CachePruner(string root, FeatureCachePruneOptions options, CacheSettings settings, DateTimeOffset now)
    {
        (_root, _options, _settings, _now) = (root, options, settings, now);
        _lock = SegmentLock.TryTake(Path.Combine(root, LockName))
            ?? throw new FeatureTransferException($"{root}: another process is pruning the feature cache, or the folder cannot be written to. Wait for it to end.");
    }

    public static FeatureCachePruned Run(string root, FeatureCachePruneOptions options, CacheSettings settings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(root))
            return new FeatureCachePruned(0, 0, 0, 0);
        try
        {
            using var pruner = new CachePruner(root, options, settings, now);
            return pruner.Run(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{root}: the feature cache cannot be pruned ({exception.Message}) Nothing that should stay is lost; make room or correct the rights, then prune again.", exception);
        }
    }

    public void Dispose()
    {
        foreach (var scope in _scopes)
            scope.Dispose();
        _lock.Dispose();
    }

    private FeatureCachePruned Run(CancellationToken cancellationToken)
    {
        var before = CacheLayout.Size(_root);
        foreach (var scope in CacheLayout.Scopes(_root))
            _scopes.Add(new PrunedScope(_root, scope, _settings));
        var oldest = OldestToKeep();
        var (removed, kept) = (0L, 0L);
        foreach (var scope in _scopes)
        {
            var (gone, stay) = scope.Prune(GoesWhole(scope) ? long.MaxValue : oldest, cancellationToken);
            removed += gone;
            kept += stay;
        }

        return new FeatureCachePruned(removed, kept, before - CacheLayout.Size(_root), _scopes.Sum(scope => scope.InUse));
    }

    private bool GoesWhole(PrunedScope scope) =>
        (_options.UnknownScopes && scope.Description is null) || (_options.Backbone is { } backbone && scope.Description?.Backbone == backbone);

    // The time before which records go, for their age or that the rest may fit.
    private long OldestToKeep()
    {
        var oldest = _options.MaxAge is { } age ? (_now - age).ToUnixTimeMilliseconds() : long.MinValue;
        if (_options.MaxSize is not { } size)
            return oldest;
        var left = size;
        foreach (var record in _scopes.Where(scope => !GoesWhole(scope)).SelectMany(scope => scope.Records).OrderByDescending(record => record.Time))
        {
            left -= record.End - record.Offset;
            if (left < 0)
                return Math.Max(oldest, record.Time + 1);
        }

        return oldest;
    }
}
