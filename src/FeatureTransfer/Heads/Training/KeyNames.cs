using Microsoft.ML.Data;

namespace FeatureTransfer.Heads;

/// <summary>Reads keys and their names.</summary>
internal static class KeyNames
{
    /// <summary>The names of a key's classes in order; numbers from 1 where it has no names in text.</summary>
    public static IReadOnlyList<string> Of(DataViewSchema.Column key)
    {
        var count = (int)((KeyDataViewType)key.Type).Count;
        if (key.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is not VectorDataViewType { ItemType: TextDataViewType })
            return [.. Enumerable.Range(1, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        VBuffer<ReadOnlyMemory<char>> names = default;
        key.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>A reader of the place of a row's class, from 0; null where the row has none.</summary>
    public static Func<int?> Reader(DataViewRow row, DataViewSchema.Column key) => key.Type.RawType == typeof(byte)
        ? Reader<byte>(row, key, value => value)
        : key.Type.RawType == typeof(ushort) ? Reader<ushort>(row, key, value => value)
        : key.Type.RawType == typeof(uint) ? Reader<uint>(row, key, value => value)
        : Reader<ulong>(row, key, value => value);

    private static Func<int?> Reader<T>(DataViewRow row, DataViewSchema.Column key, Func<T, ulong> number)
    {
        var getter = row.GetGetter<T>(key);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return number(value) is > 0 and var place ? (int)(place - 1) : null;
        };
    }
}
