using System.Buffers;
using System.Collections.Concurrent;
using System.IO.MemoryMappedFiles;

namespace FeatureTransfer.Onnx;

/// <summary>
/// A file as memory that the system reads when it is used, and shares with its cache. Only for files that nobody changes in place: the
/// end of one that is cut off meanwhile ends the process.
/// </summary>
internal sealed unsafe class MappedFile : KnownMemory
{
    // A mapping stays: spans into it keep nothing alive, and it takes addresses and no memory of its own.
    private static readonly ConcurrentDictionary<(string Path, long Length, DateTime Written, string? Sha256), MappedFile> _open = new();
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int _length;

    private MappedFile(string path, int length, string? sha256)
    {
        Sha256 = sha256;
        using var handle = File.OpenHandle(path, share: FileShare.Read | FileShare.Delete);
        using var file = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _length = length;
    }

    /// <inheritdoc/>
    public override string? Sha256 { get; }

    /// <summary>The content of a file, for as long as the process lives; on Windows a copy of it.</summary>
    /// <param name="path">The file, of at most 2 GB and at least one byte.</param>
    /// <param name="sha256">Its SHA-256 in hexadecimal, where it is known.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ReadOnlyMemory<byte> Open(string path, string? sha256 = null)
    {
        // Windows lets nobody replace or delete a file that is mapped.
        if (OperatingSystem.IsWindows())
            return File.ReadAllBytes(path);
        var file = new FileInfo(path);
        return _open.GetOrAdd((file.FullName, file.Length, file.LastWriteTimeUtc, sha256), key => new MappedFile(key.Path, checked((int)key.Length), key.Sha256)).Memory;
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(_start, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
        // Nothing moves.
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => throw new NotSupportedException("A mapping stays.");
}
