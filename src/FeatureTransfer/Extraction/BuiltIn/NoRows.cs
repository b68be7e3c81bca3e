using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction.BuiltIn;

/// <summary>Views of the columns that a network reads and no rows, for estimators that learn nothing from them.</summary>
internal static class NoRows
{
    /// <summary>A view.</summary>
    /// <param name="options">The columns' names.</param>
    /// <param name="kind">What lies in the input column.</param>
    public static IDataView Of(ExtractFeaturesOptions options, InputKind kind) => (kind, options.PairColumnName) switch
    {
        (InputKind.Bytes, _) => Of<Bytes>(options.InputColumnName),
        (_, { } pair) => Of<TwoTexts>(options.InputColumnName, pair),
        _ => Of<OneText>(options.InputColumnName),
    };

    private static IDataView Of<T>(params IReadOnlyList<string> columns)
        where T : class
    {
        var schema = SchemaDefinition.Create(typeof(T));
        for (var i = 0; i < columns.Count; i++)
            schema[i].ColumnName = columns[i];
        return new MLContext().Data.LoadFromEnumerable(Array.Empty<T>(), schema);
    }

    private sealed class OneText
    {
        public string Text { get; set; } = "";
    }

    private sealed class TwoTexts
    {
        public string First { get; set; } = "";

        public string Second { get; set; } = "";
    }

    private sealed class Bytes
    {
        public byte[] Content { get; set; } = [];
    }
}
