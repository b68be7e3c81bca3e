using System.Formats.Tar;
using System.IO.Compression;

namespace FeatureTransfer.Tests.Shared;

/// <summary>Writes small archives.</summary>
internal static class SampleArchives
{
    public static string Zip(string path, CompressionLevel level, params (string Name, byte[] Content)[] members)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in members)
        {
            using var entry = zip.CreateEntry(name, level).Open();
            entry.Write(content);
        }

        return path;
    }

    public static byte[] Tar(params (string Name, byte[] Content)[] members)
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, leaveOpen: true))
        {
            foreach (var (name, content) in members)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return memory.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return memory.ToArray();
    }
}
