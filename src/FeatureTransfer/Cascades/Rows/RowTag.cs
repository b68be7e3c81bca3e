using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>A column with the place of each row, by which rows are found again behind models that leave some out.</summary>
internal static class RowTag
{
    /// <summary>The column.</summary>
    public const string Column = "FeatureTransfer.Row";

    /// <summary>A schema with the column behind the others.</summary>
    public static DataViewSchema Add(DataViewSchema schema)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(schema);
        builder.AddColumn(Column, NumberDataViewType.Int64);
        return builder.ToSchema();
    }

    /// <summary>The column of a model's rows.</summary>
    /// <exception cref="FeatureTransferException">The model does not keep it.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string model) => schema.GetColumnOrNull(Column)
        ?? throw new FeatureTransferException($"The {model} leaves out columns that it does not name. Take SelectColumns out of its chain, or drop columns by name.");
}
