using System.Globalization;
using System.Runtime.InteropServices;

namespace FeatureTransfer.Extraction;

/// <summary>Appends to a segment of this process's own.</summary>
internal sealed class FeatureSegmentWriter : IDisposable
{
    private readonly FileStream _stream;
    private readonly byte[] _header = new byte[FeatureSegment.RecordHeader];

    public FeatureSegmentWriter(string folder)
    {
        Directory.CreateDirectory(folder);

        // Names sort by time, so that of two records for one key the later counts: one that mends a damaged one, say.
        Path = System.IO.Path.Combine(
            folder,
            string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMddHHmmssfffffff}-{Environment.ProcessId}-{Guid.NewGuid():N}{FeatureSegment.Extension}"));
        _stream = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1 << 18);
        _stream.Write(FeatureSegment.Magic);
    }

    public string Path { get; }

    /// <summary>Appends a record and returns its offset; it can be read after the next flush.</summary>
    public long Append(FeatureKey key, ReadOnlySpan<float> values)
    {
        var offset = _stream.Position;
        FeatureSegment.WriteHeader(_header, key, values);
        _stream.Write(_header);
        _stream.Write(MemoryMarshal.AsBytes(values));
        return offset;
    }

    public void Flush() => _stream.Flush();

    public void Dispose() => _stream.Dispose();
}
