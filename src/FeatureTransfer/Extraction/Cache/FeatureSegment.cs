using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FeatureTransfer.Extraction;

/// <summary>Reads a segment, which may be growing: another process, or this one, appends to it.</summary>
internal sealed class FeatureSegment : IDisposable
{
    private const int SearchLength = 1 << 14;
    private readonly SafeFileHandle _file;

    private FeatureSegment(string path, SafeFileHandle file, Guid id) => (Path, _file, Id, End) = (path, file, id, SegmentFormat.HeaderLength);

    public string Path { get; }

    /// <summary>Tells this segment from all others, so that an index is not taken for another's.</summary>
    public Guid Id { get; }

    public SafeFileHandle File => _file;

    /// <summary>Where the last whole record ends that is known of.</summary>
    public long End { get; set; }

    public long Length => RandomAccess.GetLength(_file);

    /// <summary>Opens a file; null when it is gone, cannot be opened or is no segment of this scope.</summary>
    public static FeatureSegment? Open(string path, Hash256 scope)
    {
        SafeFileHandle file;
        try
        {
            file = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        FeatureSegment? segment = null;
        try
        {
            Span<byte> header = stackalloc byte[SegmentFormat.HeaderLength];
            if (RandomAccess.Read(file, header, 0) == header.Length && SegmentFormat.TryReadHeader(header, scope, out var id))
                segment = new FeatureSegment(path, file, id);
            return segment;
        }
        finally
        {
            if (segment is null)
                file.Dispose();
        }
    }

    /// <summary>
    /// Finds the records behind <see cref="End"/> and moves it on. One that is cut off at the end of the file is left for later;
    /// over damaged bytes the search goes on to the next record whose header is whole.
    /// </summary>
    /// <param name="damaged">Takes the first and last offset of bytes that are no record. Default nobody.</param>
    public IEnumerable<SegmentRecord> Scan(Action<long, long>? damaged = null)
    {
        var length = Length;
        var header = new byte[SegmentFormat.RecordHeaderLength];
        for (var offset = End; ;)
        {
            var whole = IsRead(header, offset) & SegmentFormat.TryReadRecordHeader(header, out var found);
            if (!whole)
            {
                if (Search(offset + SegmentFormat.Alignment, length) is not { } next)
                    break;
                damaged?.Invoke(offset, next);
                offset = next;
                continue;
            }

            var record = new SegmentRecord(found.Content.Low, offset, found.Count, found.Time);
            if (record.End > length)
                break;
            offset = End = record.End;
            yield return record;
        }
    }

    /// <summary>Reads a record's values, if it is what it is thought to be and whole.</summary>
    /// <param name="record">Where it is thought to lie.</param>
    /// <param name="content">Whose features are wanted.</param>
    /// <param name="values">Takes them.</param>
    /// <param name="windows">Reads from memory that is mapped already.</param>
    public bool TryRead(SegmentRecord record, Hash256 content, Span<float> values, SegmentWindows windows)
    {
        Span<byte> header = stackalloc byte[SegmentFormat.RecordHeaderLength];
        var bytes = MemoryMarshal.AsBytes(values);
        var isRead = windows.TryRead(this, record.Offset, header, bytes)
            || (IsRead(header, record.Offset) && IsRead(bytes, record.Offset + header.Length));
        return isRead && SegmentFormat.TryReadRecordHeader(header, out var found) && found.Content == content && found.Fits(values);
    }

    /// <summary>Reads a record whatever content it is of; null when it is damaged.</summary>
    public (Hash256 Content, float[] Values)? Read(SegmentRecord record)
    {
        var header = new byte[SegmentFormat.RecordHeaderLength];
        if (!IsRead(header, record.Offset) || !SegmentFormat.TryReadRecordHeader(header, out var found) || found.Count != record.Count)
            return null;
        var values = new float[found.Count];
        return IsRead(MemoryMarshal.AsBytes(values.AsSpan()), record.Offset + header.Length) && found.Fits(values) ? (found.Content, values) : null;
    }

    public void Dispose() => _file.Dispose();

    private bool IsRead(Span<byte> bytes, long offset) => RandomAccess.Read(_file, bytes, offset) == bytes.Length;

    // The next place, a multiple of 4, where a whole record header lies.
    private long? Search(long from, long length)
    {
        Span<byte> buffer = stackalloc byte[SearchLength];
        for (var offset = from; offset + SegmentFormat.RecordHeaderLength <= length; offset += SearchLength - SegmentFormat.RecordHeaderLength)
        {
            var last = RandomAccess.Read(_file, buffer, offset) - SegmentFormat.RecordHeaderLength;
            for (var at = 0; at <= last; at += SegmentFormat.Alignment)
            {
                if (SegmentFormat.TryReadRecordHeader(buffer[at..], out _))
                    return offset + at;
            }
        }

        return null;
    }
}
