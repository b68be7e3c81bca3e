namespace FeatureTransfer.Extraction;

/// <summary>
/// Keeps features by content: a folder a scope, in it append-only segment files. Many processes may share it, for each appends to a segment
/// that no other appends to; a record that was cut off or damaged is a miss, never a wrong answer. Safe to use from several threads.
/// </summary>
/// <remarks>
/// After <see cref="Flush"/> the operating system has the records: they outlive the process however it ends, and other processes see them.
/// They need not be on the disk yet; when the power fails, the last ones may be lost or damaged, which their checksums tell.
/// Segments are mapped into memory, so nothing may shorten them while they are read; features are only ever appended or removed by file.
/// </remarks>
public sealed class FeatureCache : IDisposable
{
    private readonly CacheSettings _settings;
    private readonly Dictionary<Hash256, FeatureScope> _descriptions = [];
    private readonly Lock _lock = new();

    // None once it is disposed of.
    private Dictionary<Hash256, ScopeStore>? _scopes = [];

    /// <summary>Opens the cache in a folder; what a scope has is read when it is first asked for.</summary>
    /// <param name="folder">The folder; it is made when the first features come.</param>
    public FeatureCache(string folder)
        : this(folder, new CacheSettings())
    {
    }

    internal FeatureCache(string folder, CacheSettings settings)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = Path.GetFullPath(folder);
        _settings = settings;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>How many feature vectors are known, over all scopes.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _scopes is null ? 0 : CacheLayout.Scopes(Folder).Union(_scopes.Keys).Sum(scope => Open(scope).Count);
        }
    }

    /// <summary>Says what a scope is, for people who look at the cache; it is written with the scope's first features.</summary>
    /// <param name="scope">The scope, see <see cref="FeatureKey.Scope"/>.</param>
    /// <param name="description">What it is.</param>
    public void Describe(ReadOnlySpan<byte> scope, FeatureScope description)
    {
        var hash = Hash256.Read(scope);
        lock (_lock)
        {
            _descriptions[hash] = description;
            if (_scopes?.TryGetValue(hash, out var store) == true)
                store.Description = description;
        }
    }

    /// <summary>Reads features.</summary>
    /// <param name="key">Their key.</param>
    /// <param name="features">Takes the values; its length has to be the number of features.</param>
    /// <returns>Whether they were there, whole and of this length; where not, the values may have been overwritten.</returns>
    /// <exception cref="FeatureTransferException">The folder cannot be read; the message names it.</exception>
    public bool TryGet(FeatureKey key, Span<float> features)
    {
        try
        {
            return Store(key).TryGet(key.Content, features);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotRead(exception);
        }
    }

    /// <summary>Adds features, unless such are there and whole; they outlive the process after <see cref="Flush"/>.</summary>
    /// <param name="key">Their key.</param>
    /// <param name="features">The values.</param>
    /// <exception cref="FeatureTransferException">The folder cannot be written to; the message names it. What was written before is kept.</exception>
    public void Add(FeatureKey key, ReadOnlySpan<float> features)
    {
        try
        {
            Store(key).Add(key.Content, features);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(exception);
        }
    }

    /// <summary>Hands what was added so far to the operating system.</summary>
    /// <exception cref="FeatureTransferException">The folder cannot be written to; the message names it. What was written before is kept.</exception>
    public void Flush()
    {
        try
        {
            foreach (var store in Stores())
                store.Flush();
        }
        catch (IOException exception)
        {
            throw CannotWrite(exception);
        }
    }

    /// <summary>Flushes and closes all files.</summary>
    public void Dispose()
    {
        foreach (var store in Stores())
            store.Dispose();
        lock (_lock)
            _scopes = null;
    }

    private ScopeStore[] Stores()
    {
        lock (_lock)
            return _scopes is null ? [] : [.. _scopes.Values];
    }

    private ScopeStore Store(FeatureKey key)
    {
        lock (_lock)
            return Open(key.InScope);
    }

    private ScopeStore Open(Hash256 scope)
    {
        ObjectDisposedException.ThrowIf(_scopes is null, this);
        if (_scopes.TryGetValue(scope, out var store))
            return store;
        try
        {
            return _scopes[scope] = new ScopeStore(Folder, scope, _settings) { Description = _descriptions.GetValueOrDefault(scope) };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotRead(exception);
        }
    }

    private FeatureTransferException CannotRead(Exception exception) => new(
        $"{Folder}: the feature cache cannot be read ({exception.Message}) Correct its rights, or set FT_HOME to another folder.", exception);

    private FeatureTransferException CannotWrite(Exception exception) => new(
        $"{Folder}: the feature cache cannot be written ({exception.Message}) What was written before is kept. Make room or set FT_HOME to another folder.", exception);
}
