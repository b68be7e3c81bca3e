using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace FeatureTransfer.Extraction.Writers;

/// <summary>
/// Writes Parquet, plain and uncompressed: a required text column <c>input</c> and one required float column a feature, <c>f0</c>, <c>f1</c>
/// and so on, in groups of rows so that memory stays flat.
/// </summary>
internal static class ParquetWriter
{
    private const int RowsPerGroup = 4096;
    private const int TypeFloat = 4, TypeByteArray = 6, Required = 0, Utf8 = 0, Plain = 0, Rle = 3, Uncompressed = 0, DataPage = 0;
    private static readonly byte[] _magic = "PAR1"u8.ToArray();

    public static long Write(Stream stream, int featureLength, IEnumerable<ExtractedFeatures> rows)
    {
        stream.Write(_magic);
        string[] names = ["input", .. Enumerable.Range(0, featureLength).Select(feature => string.Create(CultureInfo.InvariantCulture, $"f{feature}"))];
        var groups = new List<Action<ThriftWriter>>();
        var total = 0L;
        foreach (var chunk in rows.Chunk(RowsPerGroup))
        {
            groups.Add(WriteGroup(stream, names, chunk));
            total += chunk.Length;
        }

        var footer = new ThriftWriter().Struct(file => file
            .I32(1, 1)
            .Structs(2, Schema(names))
            .I64(3, total)
            .Structs(4, groups)
            .Text(6, "FeatureTransfer")).ToArray();
        stream.Write(footer);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        stream.Write(length);
        stream.Write(_magic);
        return total;
    }

    private static List<Action<ThriftWriter>> Schema(string[] names)
    {
        var schema = new List<Action<ThriftWriter>> { root => root.Text(4, "features").I32(5, names.Length) };
        schema.Add(input => input.I32(1, TypeByteArray).I32(3, Required).Text(4, names[0]).I32(6, Utf8));
        schema.AddRange(names.Skip(1).Select(name => (Action<ThriftWriter>)(column => column.I32(1, TypeFloat).I32(3, Required).Text(4, name))));
        return schema;
    }

    private static Action<ThriftWriter> WriteGroup(Stream stream, string[] names, ExtractedFeatures[] rows)
    {
        var start = stream.Position;
        var columns = new List<Action<ThriftWriter>> { WriteColumn(stream, names[0], TypeByteArray, rows.Length, Texts(rows)) };
        var values = new float[rows.Length];
        for (var feature = 0; feature < names.Length - 1; feature++)
        {
            for (var row = 0; row < rows.Length; row++)
                values[row] = rows[row].Features[feature];
            columns.Add(WriteColumn(stream, names[feature + 1], TypeFloat, rows.Length, MemoryMarshal.AsBytes(values.AsSpan())));
        }

        var size = stream.Position - start;
        return group => group.Structs(1, columns).I64(2, size).I64(3, rows.Length);
    }

    private static Action<ThriftWriter> WriteColumn(Stream stream, string name, int type, int count, ReadOnlySpan<byte> values)
    {
        var (offset, length) = (stream.Position, values.Length);
        var header = new ThriftWriter().Struct(page => page
            .I32(1, DataPage)
            .I32(2, length)
            .I32(3, length)
            .Struct(5, data => data.I32(1, count).I32(2, Plain).I32(3, Rle).I32(4, Rle))).ToArray();
        stream.Write(header);
        stream.Write(values);
        var size = stream.Position - offset;
        return column => column
            .I64(2, offset)
            .Struct(3, meta => meta
                .I32(1, type)
                .I32s(2, Plain)
                .Texts(3, name)
                .I32(4, Uncompressed)
                .I64(5, count)
                .I64(6, size)
                .I64(7, size)
                .I64(9, offset));
    }

    private static byte[] Texts(ExtractedFeatures[] rows)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var row in rows)
        {
            var text = Encoding.UTF8.GetBytes(row.Input);
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }

        return bytes.ToArray();
    }
}
