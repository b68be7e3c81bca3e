using Microsoft.ML;
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
