using Microsoft.ML.Data;

namespace FeatureTransfer.Schema;

/// <summary>
/// A column of names may say that what it names is in another column, as bytes, instead of in files. Whoever reads the names as paths looks
/// there first.
/// </summary>
internal static class ContentColumns
{
    private const string Kind = "ContentColumn";

    /// <summary>The annotations of a column of names.</summary>
    /// <param name="content">The column with the bytes.</param>
    public static DataViewSchema.Annotations Annotations(string content)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(Kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = content.AsMemory());
        return builder.ToAnnotations();
    }

    /// <summary>Says of a column of names, before there are rows, where the bytes of what it names are.</summary>
    /// <param name="names">The column of names.</param>
    /// <param name="content">The column with the bytes.</param>
    public static void Annotate(SchemaDefinition.Column names, string content) => names.AddAnnotation(Kind, content.AsMemory(), TextDataViewType.Instance);

    /// <summary>The column with the bytes of what a column names; null when it names files.</summary>
    public static DataViewSchema.Column? Find(DataViewSchema schema, DataViewSchema.Column names)
    {
        if (names.Annotations.Schema.GetColumnOrNull(Kind) is null)
            return null;
        ReadOnlyMemory<char> content = default;
        names.Annotations.GetValue(Kind, ref content);
        return schema.GetColumnOrNull(content.ToString());
    }
}
