using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeatureTransfer.FineTuning;

/// <summary>
/// The format of checkpoints: a magic number, the length of the header (int32), the header as JSON, the arrays, and a SHA-256 of all before it.
/// </summary>
internal static class CheckpointFile
{
    // A metric may be no number, for a class without rows say.
    private static readonly JsonSerializerOptions _json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, RespectNullableAnnotations = true };

    private static ReadOnlySpan<byte> Magic => "FTTUNE01"u8;

    /// <summary>Writes a checkpoint; the file is replaced as a whole.</summary>
    public static void Write(string path, CheckpointHeader header, IReadOnlyList<float[]> arrays) => AtomicFile.Write(path, stream =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var json = JsonSerializer.SerializeToUtf8Bytes(header, _json);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        Put(Magic);
        Put(length);
        Put(json);
        foreach (var array in arrays)
            Put(MemoryMarshal.AsBytes(array.AsSpan()));
        stream.Write(hash.GetHashAndReset());

        void Put(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            stream.Write(bytes);
        }
    });

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="FeatureTransferException">The file cannot be read, is no checkpoint, is damaged or of another version.</exception>
    public static (CheckpointHeader Header, Dictionary<string, float[]> Arrays) Read(string path)
    {
        try
        {
            var bytes = LargeArray.ReadFile(path);
            if (bytes.Length < Magic.Length + sizeof(int) + SHA256.HashSizeInBytes || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
                throw Damaged(path, "is no checkpoint");
            var content = bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes);
            if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length)))
                throw Damaged(path, "is damaged: its checksum is wrong");
            var length = BinaryPrimitives.ReadInt32LittleEndian(content[Magic.Length..]);
            var start = Magic.Length + sizeof(int);
            if (length < 0 || length > content.Length - start)
                throw Damaged(path, "is damaged: its header does not end within it");
            var header = JsonSerializer.Deserialize<CheckpointHeader>(content.Slice(start, length), _json) ?? throw new JsonException("The header is null.");
            return header.Format == CheckpointHeader.CurrentFormat
                ? (header, Arrays(header, content[(start + length)..]) ?? throw Damaged(path, "is damaged: its arrays are not those of its header"))
                : throw Damaged(path, $"has format {header.Format}, and this version reads format {CheckpointHeader.CurrentFormat}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new FeatureTransferException($"{path}: the checkpoint cannot be read ({exception.Message}) Delete it to begin again.", exception);
        }
    }

    private static Dictionary<string, float[]>? Arrays(CheckpointHeader header, ReadOnlySpan<byte> bytes)
    {
        var arrays = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var array in header.Arrays)
        {
            if (array is not ({ } name, var length) || length < 0 || length > bytes.Length / sizeof(float))
                return null;
            arrays[name] = LargeArray.Copy(MemoryMarshal.Cast<byte, float>(bytes[..(length * sizeof(float))]));
            bytes = bytes[(length * sizeof(float))..];
        }

        return arrays;
    }

    private static FeatureTransferException Damaged(string path, string what) => new($"{path}: {what}. Delete it, or run without resuming, to begin again.");
}
