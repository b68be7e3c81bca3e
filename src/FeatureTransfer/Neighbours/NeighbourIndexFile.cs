using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace FeatureTransfer.Neighbours;

/// <summary>
/// The file of an index, little-endian: a header of 64 bytes (8 of magic, version, metric, dimension, a word of zeros, then the number of items
/// and the length of the names, 8 bytes each, and zeros), the vectors row by row, and names and properties as JSON; behind each of the three is
/// its SHA-256.
/// </summary>
internal static class NeighbourIndexFile
{
    private const int HeaderBytes = 64, Version = 1, ChunkFloats = 1 << 20;

    private static readonly JsonSerializerOptions _json = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private static ReadOnlySpan<byte> Magic => "FTITEMS\n"u8;

    public static void Write(string path, NeighbourIndex index)
    {
        var names = JsonSerializer.SerializeToUtf8Bytes(new Names(index.Names, index.Properties), _json);
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), (int)index.Metric);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), index.Dimension);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), index.Count);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(32), names.Length);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            stream.Write(SHA256.HashData(header));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (var start = 0; start < index.Vectors.Length; start += ChunkFloats)
            {
                var bytes = MemoryMarshal.AsBytes(index.Vectors.Slice(start, Math.Min(ChunkFloats, index.Vectors.Length - start)));
                hash.AppendData(bytes);
                stream.Write(bytes);
            }

            stream.Write(hash.GetHashAndReset());
            stream.Write(names);
            stream.Write(SHA256.HashData(names));
        });
    }

    public static NeighbourIndex Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{path}: the index cannot be read ({exception.Message.TrimEnd('.')}). Expected a file that 'ft similar build' or NeighbourIndex.Save wrote.", exception);
        }
    }

    private static NeighbourIndex Read(FileStream stream, string path)
    {
        var header = ReadBytes(stream, (int)Math.Min(HeaderBytes, stream.Length));
        if (header.Length < HeaderBytes || !header.AsSpan().StartsWith(Magic))
            throw new FeatureTransferException($"{path}: is no index of neighbours. Expected a file that 'ft similar build' or NeighbourIndex.Save wrote.");
        if (BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8)) is var version && version != Version)
            throw new FeatureTransferException($"{path}: has version {version} of the format, and this version of FeatureTransfer reads {Version}. Build the index again.");
        Check(stream, path, "header", SHA256.HashData(header));
        var (metric, dimension) = ((SimilarityMetric)BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12)), BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(16)));
        var (count, nameBytes) = (BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(24)), BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(32)));
        if (!Enum.IsDefined(metric) || dimension <= 0 || count is <= 0 or > int.MaxValue || count > Array.MaxLength / dimension || nameBytes is < 0 or > int.MaxValue
            || stream.Length != HeaderBytes + (count * dimension * sizeof(float)) + nameBytes + (3 * SHA256.HashSizeInBytes))
            throw new FeatureTransferException($"{path}: has {stream.Length} bytes, which is not what its header says: the file was cut short or added to. Build the index again.");

        var (vectors, hash) = ReadVectors(stream, (int)count * dimension);
        Check(stream, path, "vectors", hash);
        var names = ReadBytes(stream, (int)nameBytes);
        Check(stream, path, "names", SHA256.HashData(names));
        var known = ReadNames(names, (int)count) ?? throw new FeatureTransferException($"{path}: the names are not those of {count} items. Build the index again.");
        return new NeighbourIndex(metric, dimension, vectors, known.Items, known.Properties);
    }

    private static Names? ReadNames(byte[] json, int count)
    {
        try
        {
            return JsonSerializer.Deserialize<Names>(json, _json) is { } names && names.Items.Count == count && !names.Items.Contains(null!) && !names.Properties.Values.Contains(null!) ? names : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (float[] Vectors, byte[] Hash) ReadVectors(FileStream stream, int length)
    {
        var vectors = new float[length];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var start = 0; start < length; start += ChunkFloats)
        {
            var bytes = MemoryMarshal.AsBytes(vectors.AsSpan(start, Math.Min(ChunkFloats, length - start)));
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
        }

        return (vectors, hash.GetHashAndReset());
    }

    private static byte[] ReadBytes(FileStream stream, int length)
    {
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static void Check(FileStream stream, string path, string part, ReadOnlySpan<byte> actual)
    {
        if (!actual.SequenceEqual(ReadBytes(stream, SHA256.HashSizeInBytes)))
            throw new FeatureTransferException($"{path}: the file is damaged: the hash of its {part} is not the one that was written. Build the index again.");
    }

    private sealed record Names(IReadOnlyList<string> Items, IReadOnlyDictionary<string, string> Properties);
}
