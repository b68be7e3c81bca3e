using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Schema;
using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction;

/// <summary>
/// Reads the input column of rows: a text; a path; a name whose bytes are in another column, as sources that are no files have it; or bytes that
/// are named by the row's position.
/// </summary>
internal static class FeatureInputReader
{
    /// <summary>The columns that have to be active to read inputs.</summary>
    public static IEnumerable<DataViewSchema.Column> Columns(DataViewSchema schema, InputColumns inputs)
    {
        var input = schema[inputs.Input];
        yield return input;
        if (ContentColumns.Find(schema, input) is { } content)
            yield return content;
        if (inputs.Pair is { } pair)
            yield return schema[pair];
    }

    /// <summary>A reader whose inputs stay as they are when the row moves on.</summary>
    public static Func<FeatureInput> Create(DataViewRow row, InputColumns inputs) => Create(row, inputs, _ => []);

    /// <summary>A reader whose inputs are good until the next is read: their memory is used again.</summary>
    public static Func<FeatureInput> CreateForOne(DataViewRow row, InputColumns inputs) => Create(row, inputs, used => used);

    private static Func<FeatureInput> Create(DataViewRow row, InputColumns inputs, Func<byte[], byte[]> memory)
    {
        var column = row.Schema[inputs.Input];
        return InputKinds.Of(row.Schema, column.Name, inputs.Modality) == InputKind.Text && ContentColumns.Find(row.Schema, column) is null
            ? Text(row, column, inputs.Pair is { } pair ? row.Schema[pair] : null)
            : Content(row, column, memory);
    }

    private static Func<FeatureInput> Text(DataViewRow row, DataViewSchema.Column column, DataViewSchema.Column? pair)
    {
        var first = row.GetGetter<ReadOnlyMemory<char>>(column);
        var second = pair is { } other ? row.GetGetter<ReadOnlyMemory<char>>(other) : null;
        ReadOnlyMemory<char> text = default;
        ReadOnlyMemory<char> behind = default;
        return () =>
        {
            first(ref text);
            second?.Invoke(ref behind);
            return new FeatureInput(Place(row, column), second is null ? TextContent.Of(text.Span) : TextContent.Of(text.Span, behind.Span));
        };
    }

    private static string Place(DataViewRow row, DataViewSchema.Column column) => string.Create(CultureInfo.InvariantCulture, $"row {row.Position}, column '{column.Name}'");

    private static Func<FeatureInput> Content(DataViewRow row, DataViewSchema.Column column, Func<byte[], byte[]> memory)
    {
        if (column.Type is not TextDataViewType)
        {
            var bytes = Bytes(row, column, memory);
            return () => new FeatureInput(Place(row, column), bytes());
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
