using System.Buffers.Binary;

namespace FeatureTransfer.Inputs.Sources;

/// <summary>The checksum of zips (CRC-32, polynomial 0xEDB88320), eight bytes a step by as many tables.</summary>
internal static class Crc32
{
    private const int Step = sizeof(ulong);
    private static readonly uint[][] _tables = Tables();

    /// <summary>The checksum of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= Step; bytes = bytes[Step..])
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = 0;
            for (var i = 0; i < Step; i++)
                crc ^= _tables[Step - 1 - i][(byte)(word >> (8 * i))];
        }

        foreach (var value in bytes)
            crc = _tables[0][(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    // Table n is of a byte that n zeros follow.
    private static uint[][] Tables()
    {
        var tables = Enumerable.Range(0, Step).Select(_ => new uint[256]).ToArray();
        for (var value = 0u; value < 256; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            tables[0][value] = crc;
        }

        for (var zeros = 1; zeros < Step; zeros++)
        {
            for (var value = 0; value < 256; value++)
                tables[zeros][value] = tables[0][(byte)tables[zeros - 1][value]] ^ (tables[zeros - 1][value] >> 8);
        }

        return tables;
    }
}
