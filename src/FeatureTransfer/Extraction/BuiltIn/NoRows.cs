using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction.BuiltIn;

/// <summary>Views of one column and no rows, for estimators that learn nothing from them.</summary>
internal static class NoRows
{
    /// <summary>A view.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="kind">What lies in it.</param>
    public static IDataView Of(string column, InputKind kind) => kind == InputKind.Bytes ? Of<BytesRow>(column) : Of<TextRow>(column);

    private static IDataView Of<T>(string column)
        where T : class
    {
        var schema = SchemaDefinition.Create(typeof(T));
        schema[0].ColumnName = column;
        return new MLContext().Data.LoadFromEnumerable(Array.Empty<T>(), schema);
    }

    private sealed class TextRow
    {
        public string Text { get; set; } = "";
    }

    private sealed class BytesRow
    {
        public byte[] Bytes { get; set; } = [];
    }
}
