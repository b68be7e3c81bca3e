using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace FeatureTransfer.Extraction;

/// <summary>
/// Keeps features by content in append-only segment files. Each process appends to a segment of its own, so many may share a folder;
/// a record that was cut off or damaged is a miss, never a wrong answer. Safe to use from several threads.
/// </summary>
public sealed class FeatureCache : IDisposable
{
    private readonly ConcurrentDictionary<FeatureKey, Location> _index = new();
    private readonly List<SafeFileHandle> _segments = [];
    private readonly Lock _lock = new();
    private FeatureSegmentWriter? _writer;
    private SafeFileHandle? _writerReads;

    /// <summary>Opens the cache in a folder and indexes what is there.</summary>
    /// <param name="folder">The folder; it is made when the first features come.</param>
    public FeatureCache(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = Path.GetFullPath(folder);
        if (!Directory.Exists(Folder))
            return;
        foreach (var path in Directory.EnumerateFiles(Folder, "*" + FeatureSegment.Extension).Order(StringComparer.Ordinal))
            Index(path);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>How many feature vectors are known.</summary>
    public int Count => _index.Count;

    /// <summary>Reads features.</summary>
    /// <param name="key">Their key.</param>
    /// <param name="features">Takes the values; its length has to be the number of features.</param>
    /// <returns>Whether they were there, whole and of this length.</returns>
    public bool TryGet(FeatureKey key, Span<float> features) =>
        _index.TryGetValue(key, out var location) && location.Count == features.Length && FeatureSegment.TryRead(location.Segment, location.Offset, key, features);

    /// <summary>Adds features; they are kept for sure after <see cref="Flush"/>.</summary>
    /// <param name="key">Their key.</param>
    /// <param name="features">The values.</param>
    /// <exception cref="FeatureTransferException">The folder cannot be written to; the message names it.</exception>
    public void Add(FeatureKey key, ReadOnlySpan<float> features)
    {
        lock (_lock)
        {
            try
            {
                _writer ??= new FeatureSegmentWriter(Folder);
                _writerReads ??= File.OpenHandle(_writer.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                _index[key] = new Location(_writerReads, _writer.Append(key, features), features.Length);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw CannotWrite(exception);
            }
        }
    }

    /// <summary>Writes what was added so far to disk.</summary>
    /// <exception cref="FeatureTransferException">The folder cannot be written to; the message names it.</exception>
    public void Flush()
    {
        lock (_lock)
        {
            try
            {
                _writer?.Flush();
            }
            catch (IOException exception)
            {
                throw CannotWrite(exception);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _writer?.Dispose();
            _writer = null;
            _writerReads?.Dispose();
            foreach (var segment in _segments)
                segment.Dispose();
            _segments.Clear();
            _index.Clear();
        }
    }

    private void Index(string path)
    {
        SafeFileHandle segment;
        try
        {
            segment = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException)
        {
            // Removed since it was listed: its features are computed again.
            return;
        }

        _segments.Add(segment);
        foreach (var (key, offset, count) in FeatureSegment.Scan(segment))
            _index[key] = new Location(segment, offset, count);
    }

    private FeatureTransferException CannotWrite(Exception exception) => new(
        $"{Folder}: the feature cache cannot be written ({exception.Message}) What was written before is kept. Make room or set FT_HOME to another folder.", exception);

    private readonly record struct Location(SafeFileHandle Segment, long Offset, int Count);
}
