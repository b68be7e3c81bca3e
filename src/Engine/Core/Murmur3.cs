using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Microsoft.ML;

/// <summary>The 32-bit hash MurmurHash3 (Austin Appleby, public domain), by which hashing columns get the numbers that ML.NET gives.</summary>
internal static class Murmur3
{
    /// <summary>The hash of a text's UTF-8 bytes.</summary>
    public static uint Hash(uint seed, ReadOnlySpan<char> text)
    {
        Span<byte> small = stackalloc byte[256];
        var buffer = text.Length * 3 <= small.Length ? small : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return Hash(seed, buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    public static uint Hash(uint seed, ReadOnlySpan<byte> bytes)
    {
        uint hash = seed;
        uint length = (uint)bytes.Length;
        for (; bytes.Length >= 4; bytes = bytes[4..])
            hash = Round(hash, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        uint tail = 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
            tail = (tail << 8) | bytes[i];
        if (!bytes.IsEmpty)
            hash ^= Scramble(tail);
        return Mix(hash ^ length);
    }

    public static uint Hash(uint seed, uint value) => Mix(Round(seed, value) ^ sizeof(uint));

    public static uint Hash(uint seed, ulong value) => Mix(Round(Round(seed, (uint)value), (uint)(value >> 32)) ^ sizeof(ulong));

    /// <summary>Takes four more bytes into a hash that is not finished.</summary>
    public static uint Round(uint hash, uint block) => (BitOperations.RotateLeft(hash ^ Scramble(block), 13) * 5) + 0xE6546B64;

    /// <summary>Finishes a hash: every bit of it then depends on every bit before.</summary>
    public static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    private static uint Scramble(uint block) => BitOperations.RotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593;
}
