using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>
/// Short keys of rows, by which a bundle knows the rows that trained it: of each the first eight bytes of a SHA-256 over the image, the numbers and the texts,
/// wherever they lie and whatever the label is.
/// </summary>
internal static class RowKeys
{
    /// <summary>The entry with the sorted keys of the training rows, within the folder that ML.NET passes over.</summary>
    public const string EntryName = "training-rows.bin";

    /// <summary>The keys of rows, in their order; null for a row that cannot be read.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="chosen">Positions in the source, ascending.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static IReadOnlyList<ulong?> Of(SourceRows source, IReadOnlyList<int> chosen, CancellationToken cancellationToken)
    {
        var rows = chosen.Select(row => source.Rows[row]).ToList();
        if (!rows.Exists(row => row.Path is not null))
            return rows.ConvertAll(row => Key([], row));
        if (source.Content is null)
            return [.. rows.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(row => Key(InputValue.FromFile(row.Path!), row))];
        return [.. source.Images(chosen, new RejectedRowCollector(), cancellationToken).Zip(rows, Key)];
    }

    /// <summary>Keys as bytes: each once, sorted.</summary>
    public static byte[] ToBytes(IEnumerable<ulong?> keys)
    {
        ulong[] sorted = [.. keys.OfType<ulong>().Distinct().Order()];
        var bytes = new byte[sizeof(ulong) * sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(sizeof(ulong) * i), sorted[i]);
        return bytes;
    }

    /// <summary>The keys of an entry.</summary>
    public static IReadOnlySet<ulong> FromBytes(byte[] bytes) => bytes.Chunk(sizeof(ulong)).Select(key => BinaryPrimitives.ReadUInt64LittleEndian(key)).ToHashSet();

    private static ulong? Key(InputValue image, SourceRow row)
    {
        try
        {
            return Key(image.Read().Span, row);
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    private static ulong? Key(ReadOnlySpan<byte> content, SourceRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(content);
        hash.AppendData(MemoryMarshal.AsBytes<float>(row.Numbers.ToArray()));
        foreach (var text in row.Texts)
            hash.AppendData(MemoryMarshal.AsBytes<char>(text + '\0'));
        return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());
    }
}
