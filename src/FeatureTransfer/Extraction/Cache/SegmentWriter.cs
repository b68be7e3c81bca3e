using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FeatureTransfer.Extraction;

/// <summary>Appends to a segment that no other process appends to meanwhile.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private const int BufferLength = 1 << 18;
    private readonly CacheSettings _settings;
    private readonly SegmentLock _lock;
    private readonly SafeFileHandle _file;
    private byte[] _buffer = new byte[BufferLength];
    private int _pending;
    private long _written;

    private SegmentWriter(CacheSettings settings, SegmentLock taken, SafeFileHandle file, FeatureSegment segment, long written)
    {
        (_settings, _lock, _file, Segment, _written) = (settings, taken, file, segment, written);
        Segment.End = written;
    }

    /// <summary>Reads what was flushed.</summary>
    public FeatureSegment Segment { get; }

    public bool IsFull => _written + _pending >= _settings.SegmentLength;

    /// <summary>Begins a segment in a folder that is there.</summary>
    public static SegmentWriter Create(string folder, Hash256 scope, CacheSettings settings)
    {
        var path = Path.Combine(
            folder,
            string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyyMMddHHmmssfffffff}-{Environment.ProcessId}-{Guid.NewGuid():N}{SegmentFormat.Extension}"));
        var taken = SegmentLock.TryTake(path) ?? throw new IOException($"{SegmentLock.PathOf(path)} cannot be made.");
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            var header = new byte[SegmentFormat.HeaderLength];
            SegmentFormat.WriteHeader(header, scope, Guid.NewGuid());
            settings.Write(file, header, 0);
            var segment = FeatureSegment.Open(path, scope) ?? throw new IOException($"{path} is not what was written.");
            return new SegmentWriter(settings, taken, file, segment, header.Length);
        }
        catch
        {
            file?.Dispose();
            SegmentIndex.TryDelete(path);
            SegmentIndex.TryDelete(SegmentLock.PathOf(path));
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Goes on with a segment that another left; null when somebody has it, or it ends in something torn.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="scope">Its scope.</param>
    /// <param name="settings">The cache's.</param>
    /// <param name="seen">Takes records that were added since it was last read.</param>
    public static SegmentWriter? TryAdopt(FeatureSegment segment, Hash256 scope, CacheSettings settings, Action<SegmentRecord> seen)
    {
        if (!File.Exists(segment.Path) || SegmentLock.TryTake(segment.Path) is not { } taken)
            return null;
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            foreach (var record in segment.Scan())
                seen(record);

            // Nobody may have put another file in its place.
            var header = new byte[SegmentFormat.HeaderLength];
            var isSame = RandomAccess.Read(file, header, 0) == header.Length && SegmentFormat.TryReadHeader(header, scope, out var id) && id == segment.Id;
            if (isSame && segment.End == segment.Length)
                return new SegmentWriter(settings, taken, file, segment, segment.End);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It was removed, or is not ours to write.
        }

        file?.Dispose();
        taken.Dispose();
        return null;
    }

    /// <summary>Appends a record; other processes see it after the next flush.</summary>
    public SegmentRecord Append(Hash256 content, ReadOnlySpan<float> values, long time)
    {
        var length = Convert.ToInt32(SegmentFormat.RecordLength(values.Length));
        if (_pending + length > _buffer.Length)
            Flush();
        if (length > _buffer.Length)
            _buffer = new byte[length];
        var record = new SegmentRecord(content.Low, _written + _pending, values.Length, time);
        var bytes = _buffer.AsSpan(_pending, length);
        SegmentFormat.WriteRecordHeader(bytes, content, time, values);
        MemoryMarshal.AsBytes(values).CopyTo(bytes[SegmentFormat.RecordHeaderLength..]);
        _pending += length;
        return record;
    }

    /// <summary>Reads a record that was not flushed yet.</summary>
    public bool TryReadPending(SegmentRecord record, Span<float> values)
    {
        if (record.Offset < _written)
            return false;
        MemoryMarshal.Cast<byte, float>(_buffer.AsSpan((int)(record.Offset - _written) + SegmentFormat.RecordHeaderLength, values.Length * sizeof(float))).CopyTo(values);
        return true;
    }

    /// <summary>Hands all that was appended to the operating system.</summary>
    public void Flush()
    {
        _settings.Write(_file, _buffer.AsSpan(0, _pending), _written);
        _written += _pending;
        _pending = 0;
        Segment.End = _written;
    }

    /// <summary>Waits until all that was appended is on the disk.</summary>
    public void FlushToDisk()
    {
        Flush();
        RandomAccess.FlushToDisk(_file);
    }

    /// <summary>Lets go of the segment; what was not flushed is lost, and the reader stays open.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }
}
