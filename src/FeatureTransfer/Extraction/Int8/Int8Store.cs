using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FeatureTransfer.Devices;

namespace FeatureTransfer.Extraction.Int8;

/// <summary>Keeps graphs in integers by what they were made of. Each file begins with its checksum; a damaged one is made again.</summary>
/// <param name="folder">Where they lie.</param>
internal sealed class Int8Store(string folder)
{
    // Goes up where the same settings come to mean another graph.
    private const string Version = "4";

    /// <summary>The key of a graph: its floats, the preparation, the sample and the settings.</summary>
    public static string KeyOf(OnnxModel graph, string preparation, IEnumerable<ReadOnlyMemory<byte>> sample, string settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(ModelContent.HashOf(graph));
        hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(preparation)));
        foreach (var content in sample)
            hash.AppendData(SHA256.HashData(content.Span));
        hash.AppendData(Encoding.UTF8.GetBytes($"{Version} {OnnxRuntimeLibrary.Version} {settings}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The graph of a key; null where there is none.</summary>
    public OnnxModel? Find(string key, string name)
    {
        try
        {
            var path = PathOf(key);
            if (new FileInfo(path) is not { Exists: true, Length: > sizeof(uint) and <= int.MaxValue })
                return null;
            var bytes = MappedFile.Open(path);
            var content = bytes[sizeof(uint)..];
            return BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) == Crc32C.Of(content.Span) ? OnnxModel.Alias(content, name) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a graph; where that cannot be done, the next run makes it again.</summary>
    public void Keep(string key, OnnxModel graph)
    {
        var content = graph.ToBytes();
        try
        {
            AtomicFile.Write(PathOf(key), stream =>
            {
                Span<byte> checksum = stackalloc byte[sizeof(uint)];
                BinaryPrimitives.WriteUInt32LittleEndian(checksum, Crc32C.Of(content));
                stream.Write(checksum);
                stream.Write(content);
            });
        }
        catch (FeatureTransferException)
        {
            // It is only a shortcut.
        }
    }

    private string PathOf(string key) => Path.Combine(folder, $"{key}.int8");
}
