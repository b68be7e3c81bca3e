using Microsoft.ML.Data;

namespace FeatureTransfer.FineTuning;

/// <summary>Looks at the label column.</summary>
internal static class LabelColumns
{
    /// <summary>A column by name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none; the message names the nearest.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string what) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(
            nameof(schema),
            $"FineTune: there is no column '{name}' for {what}.{NearestName.Hint(name, [.. schema.Select(column => column.Name)])} The columns are {string.Join(", ", schema.Select(column => column.Name))}.");

    /// <summary>Whether a label can be learned as a task.</summary>
    public static bool Suits(DataViewType type, FineTuneTask task) => task switch
    {
        FineTuneTask.Multiclass => type is KeyDataViewType { Count: > 0 },
        FineTuneTask.Binary => type is BooleanDataViewType,
        FineTuneTask.MultiLabel => type is VectorDataViewType { Size: > 0 } vector && (vector.ItemType is BooleanDataViewType || vector.ItemType == NumberDataViewType.Single),
        _ => type == NumberDataViewType.Single,
    };

    /// <summary>What a task wants, in words.</summary>
    public static string Expected(FineTuneTask task) => task switch
    {
        FineTuneTask.Multiclass => "a key (map the label with MapValueToKey)",
        FineTuneTask.Binary => "a boolean, or a vector of booleans or of 0 and 1 for several labels a row",
        FineTuneTask.MultiLabel => "a vector of booleans or of 0 and 1, of a known length",
        _ => "a number (Single)",
    };

    /// <summary>The names of the classes, in the order of the targets; empty for numbers.</summary>
    public static IReadOnlyList<string> Names(DataViewSchema.Column label, FineTuneTask task) => task switch
    {
        FineTuneTask.Multiclass => KeyNames(label, (int)((KeyDataViewType)label.Type).Count),
        FineTuneTask.MultiLabel => SlotNames(label, ((VectorDataViewType)label.Type).Size),
        _ => [],
    };

    private static List<string> KeyNames(DataViewSchema.Column label, int count)
    {
        if (!label.HasKeyValues())
            return Numbers(count, 1);
        VBuffer<ReadOnlyMemory<char>> names = default;
        label.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static List<string> SlotNames(DataViewSchema.Column label, int count)
    {
        if (!label.HasSlotNames())
            return Numbers(count, 0);
        VBuffer<ReadOnlyMemory<char>> names = default;
        label.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static List<string> Numbers(int count, int first) => [.. Enumerable.Range(first, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
