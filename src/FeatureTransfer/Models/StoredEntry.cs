using System.IO.Compression;

namespace FeatureTransfer.Models;

/// <summary>Entries that a zip file in memory holds as they are, not pressed: their bytes need no copy.</summary>
internal static class StoredEntry
{
    private const int Probe = 64;

    /// <summary>The bytes of an entry within the file; null where they are pressed.</summary>
    /// <param name="file">The zip file.</param>
    /// <param name="stream">The stream on the file that the archive reads.</param>
    /// <param name="entry">An entry of the archive.</param>
    public static ReadOnlyMemory<byte>? Find(ReadOnlyMemory<byte> file, Stream stream, ZipArchiveEntry entry)
    {
        if (entry.CompressedLength != entry.Length || entry.Length < Probe)
            return null;

        // Where an entry begins is not said, but after its first bytes the file's stream stands behind them.
        Span<byte> first = stackalloc byte[Probe];
        using (var content = entry.Open())
            content.ReadExactly(first);
        var start = stream.Position - Probe;
        if (start < 0 || start > file.Length - entry.Length)
            return null;
        var bytes = file.Slice((int)start, (int)entry.Length);
        return bytes.Span.StartsWith(first) ? bytes : null;
    }
}
