using Microsoft.ML.Data;

namespace FeatureTransfer.FineTuning;

/// <summary>Reads labels as what a network is to give; null is a missing label.</summary>
internal static class TargetReader
{
    /// <summary>A reader of a label column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column's type does not suit the task.</exception>
    public static Func<float[]?> Create(DataViewRow row, DataViewSchema.Column label, FineTuneTask task)
    {
        if (!LabelColumns.Suits(label.Type, task))
            throw new ArgumentOutOfRangeException(nameof(label), $"FineTune: the label column '{label.Name}' is {label.Type}. Expected {LabelColumns.Expected(task)}.");
        return task switch
        {
            FineTuneTask.Multiclass => Classes(row, label),
            FineTuneTask.Binary => YesNo(row, label),
            FineTuneTask.MultiLabel => Several(row, label),
            _ => Number(row, label),
        };
    }

    private static Func<float[]?> Classes(DataViewRow row, DataViewSchema.Column label)
    {
        var count = (int)((KeyDataViewType)label.Type).Count;
        var key = Key(row, label);
        return () =>
        {
            // Keys count from 1; 0 is missing.
            var value = key();
            if (value < 1 || value > (ulong)count)
                return null;
            var target = new float[count];
            target[(int)value - 1] = 1;
            return target;
        };
    }

    private static Func<ulong> Key(DataViewRow row, DataViewSchema.Column label) => label.Type.RawType switch
    {
        var type when type == typeof(byte) => Value<byte, ulong>(row, label, value => value),
        var type when type == typeof(ushort) => Value<ushort, ulong>(row, label, value => value),
        var type when type == typeof(ulong) => Value<ulong, ulong>(row, label, value => value),
        _ => Value<uint, ulong>(row, label, value => value),
    };

    private static Func<float[]?> YesNo(DataViewRow row, DataViewSchema.Column label) => Value<bool, float[]?>(row, label, value => value ? [0, 1] : [1, 0]);

    private static Func<float[]?> Number(DataViewRow row, DataViewSchema.Column label) => Value<float, float[]?>(row, label, value => float.IsFinite(value) ? [value] : null);

    private static Func<float[]?> Several(DataViewRow row, DataViewSchema.Column label) => ((VectorDataViewType)label.Type).ItemType is BooleanDataViewType
        ? Value<VBuffer<bool>, float[]?>(row, label, values => [.. values.DenseValues().Select(value => value ? 1f : 0f)])
        : Value<VBuffer<float>, float[]?>(row, label, values => values.DenseValues().All(value => value is >= 0 and <= 1) ? [.. values.DenseValues()] : null);

    private static Func<TResult> Value<TValue, TResult>(DataViewRow row, DataViewSchema.Column label, Func<TValue, TResult> map)
    {
        var getter = row.GetGetter<TValue>(label);
        TValue value = default!;
        return () =>
        {
            getter(ref value);
            return map(value);
        };
    }
}
