using System.Runtime.InteropServices;

namespace FeatureTransfer.Extraction;

/// <summary>A SHA-256 hash as a value.</summary>
internal readonly record struct Hash256(UInt128 Low, UInt128 High)
{
    public const int Size = 32;

    public static Hash256 Read(ReadOnlySpan<byte> bytes) => new(MemoryMarshal.Read<UInt128>(bytes), MemoryMarshal.Read<UInt128>(bytes[16..]));

    /// <summary>Reads the name that <see cref="ToString"/> gives.</summary>
    public static bool TryParse(string name, out Hash256 hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (name.Length != Size * 2 || Convert.FromHexString(name, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        hash = Read(bytes);
        return true;
    }

    public void Write(Span<byte> bytes)
    {
        MemoryMarshal.Write(bytes, Low);
        MemoryMarshal.Write(bytes[16..], High);
    }

    /// <summary>64 hexadecimal digits in lower case.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
