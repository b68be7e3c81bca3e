using FeatureTransfer.Schema;
using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction;

/// <summary>
/// Reads the input column of rows: a path; a name whose bytes are in another column, as sources that are no files have it; or bytes that
/// are named by the row's position.
/// </summary>
internal static class FeatureInputReader
{
    /// <summary>The columns that have to be active to read inputs.</summary>
    public static IEnumerable<DataViewSchema.Column> Columns(DataViewSchema schema, DataViewSchema.Column input) =>
        ContentColumns.Find(schema, input) is { } content ? [input, content] : [input];

    /// <summary>A reader whose inputs stay as they are when the row moves on.</summary>
    public static Func<FeatureInput> Create(DataViewRow row, DataViewSchema.Column column) => Create(row, column, _ => []);

    /// <summary>A reader whose inputs are good until the next is read: their memory is used again.</summary>
    public static Func<FeatureInput> CreateForOne(DataViewRow row, DataViewSchema.Column column) => Create(row, column, used => used);

    private static Func<FeatureInput> Create(DataViewRow row, DataViewSchema.Column column, Func<byte[], byte[]> memory)
    {
        if (column.Type is not TextDataViewType)
        {
            var bytes = Bytes(row, column, memory);
            return () => new FeatureInput(string.Create(CultureInfo.InvariantCulture, $"row {row.Position}, column '{column.Name}'"), bytes());
        }

        var name = Name(row, column);
        if (ContentColumns.Find(row.Schema, column) is not { } content)
            return () => new FeatureInput(name(), null);
        var named = Bytes(row, content, memory);
        return () => new FeatureInput(name(), named());
    }

    private static Func<string> Name(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        return () =>
        {
            ReadOnlyMemory<char> text = default;
            getter(ref text);
            return text.ToString();
        };
    }

    private static Func<ReadOnlyMemory<byte>> Bytes(DataViewRow row, DataViewSchema.Column column, Func<byte[], byte[]> memory)
    {
        var getter = row.GetGetter<VBuffer<byte>>(column);
        VBuffer<byte> bytes = default;
        byte[] used = [];
        return () =>
        {
            getter(ref bytes);
            used = memory(used);
            if (used.Length < bytes.Length)
                used = new byte[bytes.Length];
            bytes.CopyTo(used);
            return used.AsMemory(0, bytes.Length);
        };
    }
}
