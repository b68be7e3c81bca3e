using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Pipelines.FeatureFiles;

/// <summary>
/// Writes Parquet, plain and uncompressed: a required text column <c>input</c> and one required float column a feature, <c>f0</c>, <c>f1</c>
/// and so on, in groups of rows. Memory stays flat: one group of values is kept, and of the groups before it only where they lie.
/// </summary>
internal static class ParquetWriter
{
    private const int MostRowsPerGroup = 4096, LeastRowsPerGroup = 128, BytesPerGroup = 8 << 20;
    private const int TypeFloat = 4, TypeByteArray = 6, Required = 0, Utf8 = 0, Plain = 0, Rle = 3, Uncompressed = 0, DataPage = 0;
    private static readonly byte[] _magic = "PAR1"u8.ToArray();

    public static long Write(Stream stream, int featureLength, IEnumerable<ExtractedFeatures> rows)
    {
        stream.Write(_magic);
        var rowsPerGroup = Math.Clamp(BytesPerGroup / (sizeof(float) * Math.Max(featureLength, 1)), LeastRowsPerGroup, MostRowsPerGroup);
        var values = new float[rowsPerGroup * featureLength];
        var column = new float[rowsPerGroup];
        using var inputs = new MemoryStream();
        var groups = new List<RowGroup>();
        var count = 0;
        foreach (var row in rows)
        {
            AddText(inputs, row.Input);
            row.Features.CopyTo(values, count * featureLength);
            if (++count == rowsPerGroup)
                Flush();
        }

        if (count > 0)
            Flush();
        WriteFooter(stream, [.. Names(featureLength)], groups);
        return groups.Sum(group => (long)group.Rows);

        void Flush()
        {
            groups.Add(WriteGroup(stream, featureLength, count, inputs, values, column));
            inputs.SetLength(0);
            count = 0;
        }
    }

    private static IEnumerable<string> Names(int featureLength) =>
        Enumerable.Range(0, featureLength).Select(feature => string.Create(CultureInfo.InvariantCulture, $"f{feature}")).Prepend("input");

    private static RowGroup WriteGroup(Stream stream, int featureLength, int count, MemoryStream inputs, float[] values, float[] column)
    {
        var start = stream.Position;
        stream.Write(PageHeader(count, (int)inputs.Length));
        inputs.WriteTo(stream);
        var text = stream.Position - start;
        var header = PageHeader(count, count * sizeof(float));
        for (var feature = 0; feature < featureLength; feature++)
        {
            for (var row = 0; row < count; row++)
                column[row] = values[(row * featureLength) + feature];
            stream.Write(header);
            stream.Write(MemoryMarshal.AsBytes(column.AsSpan(0, count)));
        }

        return new RowGroup(start, count, text, header.Length + (count * sizeof(float)));
    }

    private static byte[] PageHeader(int count, int length) => new ThriftWriter().Struct(page => page
        .I32(1, DataPage)
        .I32(2, length)
        .I32(3, length)
        .Struct(5, data => data.I32(1, count).I32(2, Plain).I32(3, Rle).I32(4, Rle))).ToArray();

    private static void WriteFooter(Stream stream, string[] names, IReadOnlyList<RowGroup> groups)
    {
        var start = stream.Position;
        new ThriftWriter(stream).Struct(file => file
            .I32(1, 1)
            .Structs(2, names.Length + 1, (schema, index) => WriteSchema(schema, names, index))
            .I64(3, groups.Sum(group => (long)group.Rows))
            .Structs(4, groups.Count, (writer, index) => WriteGroup(writer, names, groups[index]))
            .Text(6, "FeatureTransfer"));
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, (int)(stream.Position - start));
        stream.Write(length);
        stream.Write(_magic);
    }

    private static void WriteSchema(ThriftWriter schema, string[] names, int index)
    {
        if (index == 0)
            schema.Text(4, "features").I32(5, names.Length);
        else if (index == 1)
            schema.I32(1, TypeByteArray).I32(3, Required).Text(4, names[0]).I32(6, Utf8);
        else
            schema.I32(1, TypeFloat).I32(3, Required).Text(4, names[index - 1]);
    }

    private static void WriteGroup(ThriftWriter writer, string[] names, RowGroup group) => writer
        .Structs(1, names.Length, (column, index) => WriteColumn(column, names[index], index, group))
        .I64(2, group.TextBytes + ((long)group.ColumnBytes * (names.Length - 1)))
        .I64(3, group.Rows);

    private static void WriteColumn(ThriftWriter column, string name, int index, RowGroup group)
    {
        var offset = index == 0 ? group.Start : group.Start + group.TextBytes + ((long)group.ColumnBytes * (index - 1));
        var size = index == 0 ? group.TextBytes : group.ColumnBytes;
        column
            .I64(2, offset)
            .Struct(3, meta => meta
                .I32(1, index == 0 ? TypeByteArray : TypeFloat)
                .I32s(2, Plain)
                .Texts(3, name)
                .I32(4, Uncompressed)
                .I64(5, group.Rows)
                .I64(6, size)
                .I64(7, size)
                .I64(9, offset));
    }

    private static void AddText(MemoryStream inputs, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        inputs.Write(length);
        inputs.Write(bytes);
    }

    /// <summary>Where a group lies: its text column first, then its columns of floats, all of one size.</summary>
    private readonly record struct RowGroup(long Start, int Rows, long TextBytes, int ColumnBytes);
}
