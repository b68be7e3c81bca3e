using System.Text;

namespace FeatureTransfer.Pipelines.FeatureFiles;

/// <summary>Writes Thrift's compact protocol, as far as Parquet's metadata needs it.</summary>
internal sealed class ThriftWriter
{
    private const byte TypeI32 = 5, TypeI64 = 6, TypeBinary = 8, TypeList = 9, TypeStruct = 12;
    private readonly Stream _bytes;
    private readonly Stack<short> _fields = new();
    private short _last;

    /// <summary>Writes into memory.</summary>
    public ThriftWriter()
        : this(new MemoryStream())
    {
    }

    /// <summary>Writes into a stream.</summary>
    public ThriftWriter(Stream stream) => _bytes = stream;

    /// <summary>What was written into memory.</summary>
    public byte[] ToArray() => ((MemoryStream)_bytes).ToArray();

    public ThriftWriter I32(short field, int value)
    {
        Field(field, TypeI32);
        ZigZag(value);
        return this;
    }

    public ThriftWriter I64(short field, long value)
    {
        Field(field, TypeI64);
        ZigZag(value);
        return this;
    }

    public ThriftWriter Text(short field, string value)
    {
        Field(field, TypeBinary);
        Bytes(value);
        return this;
    }

    public ThriftWriter Struct(short field, Action<ThriftWriter> write)
    {
        Field(field, TypeStruct);
        return Struct(write);
    }

    public ThriftWriter Structs(short field, int count, Action<ThriftWriter, int> write)
    {
        ListHeader(field, count, TypeStruct);
        for (var i = 0; i < count; i++)
        {
            var index = i;
            Struct(item => write(item, index));
        }

        return this;
    }

    public ThriftWriter I32s(short field, params ReadOnlySpan<int> values)
    {
        ListHeader(field, values.Length, TypeI32);
        foreach (var value in values)
            ZigZag(value);
        return this;
    }

    public ThriftWriter Texts(short field, params ReadOnlySpan<string> values)
    {
        ListHeader(field, values.Length, TypeBinary);
        foreach (var value in values)
            Bytes(value);
        return this;
    }

    public ThriftWriter Struct(Action<ThriftWriter> write)
    {
        _fields.Push(_last);
        _last = 0;
        write(this);
        _bytes.WriteByte(0);
        _last = _fields.Pop();
        return this;
    }

    private void ListHeader(short field, int count, byte type)
    {
        Field(field, TypeList);
        if (count < 15)
        {
            _bytes.WriteByte((byte)((count << 4) | type));
            return;
        }

        _bytes.WriteByte((byte)(0xF0 | type));
        Varint((ulong)count);
    }

    // Fields are written in ascending order, each less than 16 above the one before.
    private void Field(short field, byte type)
    {
        _bytes.WriteByte((byte)(((field - _last) << 4) | type));
        _last = field;
    }

    private void Bytes(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    private void ZigZag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
    }
}
