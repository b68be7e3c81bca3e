namespace Microsoft.ML.Data;

/// <summary>The names of the annotations that the engine writes, and ways to write them.</summary>
internal static class AnnotationKinds
{
    public const string SlotNames = "SlotNames";
    public const string KeyValues = "KeyValues";
    public const string IsNormalized = "IsNormalized";
    public const string CategoricalSlotRanges = "CategoricalSlotRanges";
    public const string ScoreColumnSetId = "ScoreColumnSetId";
    public const string ScoreColumnKind = "ScoreColumnKind";
    public const string ScoreValueKind = "ScoreValueKind";
    public const string TrainingLabelValues = "TrainingLabelValues";

    public static void AddVector<T>(this DataViewSchema.Annotations.Builder builder, string kind, PrimitiveDataViewType itemType, T[] values) =>
        builder.Add(kind, new VectorDataViewType(itemType, values.Length), Getter(values));

    public static void AddSlotNames(this DataViewSchema.Annotations.Builder builder, IEnumerable<string?> names) =>
        builder.AddVector(SlotNames, TextDataViewType.Instance, names.Select(n => n.AsMemory()).ToArray());

    public static void AddNormalized(this DataViewSchema.Annotations.Builder builder, bool value = true) =>
        builder.AddPrimitiveValue(IsNormalized, BooleanDataViewType.Instance, value);

    /// <summary>First and last slot of each categorical value, as a matrix of two columns.</summary>
    public static void AddCategoricalRanges(this DataViewSchema.Annotations.Builder builder, int[] ranges) =>
        builder.Add(CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, ranges.Length / 2, 2), Getter(ranges));

    /// <summary>The annotations of these kinds alone.</summary>
    public static DataViewSchema.Annotations Only(this DataViewSchema.Annotations annotations, params string[] kinds)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(annotations, kinds.Contains);
        return builder.ToAnnotations();
    }

    /// <summary>The slot names as strings, or null where there are none.</summary>
    public static string[]? SlotNamesOrNull(this DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    public static readonly VectorDataViewType TextVector = new(TextDataViewType.Instance, 1);

    private static ValueGetter<VBuffer<T>> Getter<T>(T[] values) =>
        (ref VBuffer<T> destination) => VBuffer<T>.Copy(values, 0, ref destination, values.Length);
}
