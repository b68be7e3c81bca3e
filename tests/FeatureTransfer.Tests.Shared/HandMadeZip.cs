using System.IO.Compression;
using System.Text;

namespace FeatureTransfer.Tests.Shared;

/// <summary>A zip written field by field, for what .NET does not write: wide (zip64) fields in small files, odd names, flags and methods.</summary>
internal sealed class HandMadeZip
{
    private readonly MemoryStream _file = new();
    private readonly MemoryStream _directory = new();

    /// <summary>Adds a member; what is wide stands in the zip64 field, behind another field.</summary>
    public HandMadeZip Add(string name, byte[] content, bool wideSizes = false, bool wideOffset = false, int method = 8, int flags = 0, byte[]? rawName = null, uint? length = null)
    {
        var stored = method == 8 ? Deflate(content) : content;
        var nameBytes = rawName ?? Encoding.UTF8.GetBytes(name);
        var offset = _file.Position;
        var size = length ?? (uint)content.Length;
        var wide = Bytes(writer =>
        {
            if (wideSizes)
                (_, _) = (Long(writer, size), Long(writer, stored.Length));
            if (wideOffset)
                Long(writer, offset);
        });
        var extra = wide.Length == 0 ? [] : Bytes(writer =>
        {
            Field(writer, 0x5455, [1, 2, 3, 4, 5]);
            Field(writer, 1, wide);
        });
        Write(_file, 0x04034b50u, (ushort)45, (ushort)flags, (ushort)method, 0u, Crc(content), (uint)stored.Length, size, (ushort)nameBytes.Length, (ushort)4, nameBytes, new byte[4], stored);
        Write(_directory, 0x02014b50u, (ushort)45, (ushort)45, (ushort)flags, (ushort)method, 0u, Crc(content), wideSizes ? uint.MaxValue : (uint)stored.Length, wideSizes ? uint.MaxValue : size,
            (ushort)nameBytes.Length, (ushort)extra.Length, (ushort)3, (ushort)0, (ushort)0, 0u, wideOffset ? uint.MaxValue : (uint)offset, nameBytes, extra, "abc"u8.ToArray());
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] Make(bool wideOffset = false, bool wideLength = false, string comment = "")
    {
        var (offset, length) = (_file.Position, _directory.Length);
        _directory.WriteTo(_file);
        if (wideOffset || wideLength)
        {
            var record = _file.Position;
            Write(_file, 0x06064b50u, 44L, (ushort)45, (ushort)45, 0u, 0u, 0L, 0L, length, offset);
            Write(_file, 0x07064b50u, 0u, record, 1u);
        }

        Write(_file, 0x06054b50u, 0u, 0u, wideLength ? uint.MaxValue : (uint)length, wideOffset ? uint.MaxValue : (uint)offset, (ushort)comment.Length, Encoding.ASCII.GetBytes(comment));
        return _file.ToArray();
    }

    private static uint Crc(byte[] content) => Inputs.Sources.Crc32.Of(content);

    private static byte[] Deflate(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var deflate = new DeflateStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(content);
        return memory.ToArray();
    }

    private static void Field(BinaryWriter writer, ushort id, byte[] content)
    {
        writer.Write(id);
        writer.Write((ushort)content.Length);
        writer.Write(content);
    }

    private static long Long(BinaryWriter writer, long value)
    {
        writer.Write(value);
        return value;
    }

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory))
            write(writer);
        return memory.ToArray();
    }

    private static void Write(Stream stream, params object[] values) => stream.Write(Bytes(writer =>
    {
        foreach (var value in values)
        {
            writer.Write(value switch
            {
                ushort number => BitConverter.GetBytes(number),
                uint number => BitConverter.GetBytes(number),
                long number => BitConverter.GetBytes(number),
                _ => (byte[])value,
            });
        }
    }));
}
