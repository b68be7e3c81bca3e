using System.Buffers;

namespace FeatureTransfer.Onnx;

/// <summary>Writes fields of Protocol Buffers.</summary>
internal static class WireWriting
{
    private const uint LengthDelimited = 2;

    /// <summary>Writes a field that holds bytes.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="number">Its number.</param>
    /// <param name="value">The bytes.</param>
    public static void Field(ArrayBufferWriter<byte> to, int number, ReadOnlySpan<byte> value)
    {
        Number(to, ((uint)number << 3) | LengthDelimited);
        Number(to, (uint)value.Length);
        to.Write(value);
    }

    private static void Number(ArrayBufferWriter<byte> to, uint number)
    {
        for (; number >= 0x80; number >>= 7)
            to.Write([(byte)(number | 0x80)]);
        to.Write([(byte)number]);
    }
}
