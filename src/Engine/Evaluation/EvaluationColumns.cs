using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>Finds the columns that an evaluation reads.</summary>
internal static class EvaluationColumns
{
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string role)
    {
        Check.Name(name);
        return schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(schema), $"{role} column '{name}' not found");
    }

    public static DataViewSchema.Column Number(DataViewSchema schema, string name, string role)
    {
        var column = Find(schema, name, role);
        return column.Type.Equals(NumberDataViewType.Single) || column.Type.Equals(NumberDataViewType.Double)
            ? column
            : throw Mismatch(column, role, "Single");
    }

    /// <summary>A label that may be a key, a number or, where there are two classes, a boolean.</summary>
    public static DataViewSchema.Column Label(DataViewSchema schema, string name, bool allowBoolean)
    {
        var column = Find(schema, name, "Label");
        bool fits = column.Type is KeyDataViewType
            || column.Type.Equals(NumberDataViewType.Single) || column.Type.Equals(NumberDataViewType.Double)
            || (allowBoolean && column.Type is BooleanDataViewType);
        return fits ? column : throw Mismatch(column, "label", allowBoolean ? "Single, Boolean or Key" : "Single or Key");
    }

    public static DataViewSchema.Column ScoreVector(DataViewSchema schema, string name)
    {
        var column = Find(schema, name, "Score");
        return column.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single)
            ? column
            : throw Mismatch(column, "score", "known-size vector of Single");
    }

    public static ArgumentOutOfRangeException Mismatch(DataViewSchema.Column column, string role, string expected) =>
        Check.Mismatch(role.ToLowerInvariant(), column.Name, expected, column.Type.ToString()!, "schema");

    public static Func<int, float> Reader(BatchCursor cursor, DataViewSchema.Column column) =>
        NumberReader.Create(cursor.Column(column.Index), column.Type);
}
