using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FeatureTransfer;

/// <summary>CRC-32C, which processors compute; for data of our own that only chance damages.</summary>
internal static class Crc32C
{
    private const int BufferLength = 1 << 18;

    /// <summary>The checksum of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Continue(uint.MaxValue, bytes);

    /// <summary>Takes more bytes into a checksum that is not complemented yet.</summary>
    /// <param name="checksum">The checksum so far; begins with all bits set.</param>
    /// <param name="bytes">The bytes.</param>
    public static uint Continue(uint checksum, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            checksum = BitOperations.Crc32C(checksum, word);
        foreach (var rest in bytes[(bytes.Length & ~7)..])
            checksum = BitOperations.Crc32C(checksum, rest);
        return checksum;
    }

    /// <summary>The checksum over files that follow each other.</summary>
    /// <param name="paths">The files.</param>
    public static uint Of(IEnumerable<string> paths)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            return ~paths.Aggregate(uint.MaxValue, (checksum, path) => Add(checksum, path, buffer));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static uint Add(uint checksum, string path, byte[] buffer)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var at = 0L;
        while (RandomAccess.Read(file, buffer.AsSpan(0, BufferLength), at) is > 0 and var count)
        {
            checksum = Continue(checksum, buffer.AsSpan(0, count));
            at += count;
        }

        return checksum;
    }
}
