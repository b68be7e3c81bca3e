using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Golden;

/// <summary>Results in the shape of the golden files: dictionaries, lists, numbers, text.</summary>
internal static class Dump
{
    private const int LongVector = 64;

    public static string Name(DataViewSchema.Column column) => column.IsHidden ? $"(hidden) {column.Name}" : column.Name;

    public static List<object?> Schema(DataViewSchema schema) => [.. schema.Select(Column)];

    public static object? Column(DataViewSchema.Column column)
    {
        var facts = new Dictionary<string, object?> { ["name"] = column.Name };
        if (column.IsHidden)
            facts["hidden"] = true;
        facts["type"] = column.Type.ToString();
        facts["rawType"] = TypeName(column.Type.RawType);
        if (column.Type is VectorDataViewType vector)
        {
            facts["size"] = vector.Size;
            facts["dimensions"] = vector.Dimensions.Cast<object?>().ToList();
            facts["itemType"] = vector.ItemType.ToString();
        }
        if (((column.Type as VectorDataViewType)?.ItemType ?? column.Type) is KeyDataViewType key)
            facts["keyCount"] = key.Count;
        if (column.Annotations.Schema.Count > 0)
            facts["annotations"] = column.Annotations.Schema.ToDictionary(a => a.Name, a => (object?)Annotation(column.Annotations, a));
        if (column.IsNormalized())
            facts["isNormalized"] = true;
        return facts;
    }

    /// <summary>The first rows, of the columns asked for.</summary>
    public static (List<object?> rows, int Count) Rows(IDataView view, IEnumerable<string> names, int count)
    {
        var columns = names.Select(n => view.Schema[n]).ToArray();
        var rows = new List<object?>();
        using var cursor = view.GetRowCursor(columns);
        var getters = columns.Select(c => Getter(cursor, c)).ToArray();
        while (rows.Count < count && cursor.MoveNext())
            rows.Add(columns.Select((c, i) => (c.Name, Value: Value(getters[i]()))).ToDictionary(c => c.Name, c => c.Value));
        return (rows, rows.Count);
    }

    /// <summary>The value of each row of one column, and of each item of a vector, as numbers.</summary>
    public static IEnumerable<double> Numbers(IDataView view, string name)
    {
        using var cursor = view.GetRowCursor([view.Schema[name]]);
        var getter = Getter(cursor, view.Schema[name]);
        while (cursor.MoveNext())
            foreach (object? item in getter() is IEnumerable items and not string ? items.Cast<object?>() : [getter()])
                yield return Convert.ToDouble(item, CultureInfo.InvariantCulture);
    }

    public static object? Value(object? value) => value switch
    {
        null or bool or string or double or float or decimal => value,
        sbyte or byte or short or ushort or int or uint or long or ulong => value,
        char c => c.ToString(),
        Enum e => e.ToString(),
        ReadOnlyMemory<char> text => text.ToString(),
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("o", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        DataViewType type => type.ToString(),
        DataViewSchema schema => Schema(schema),
        Exception e => e.GetType().FullName,
        ConfusionMatrix matrix => new Dictionary<string, object?>(Members(matrix)) { ["FormattedTable"] = matrix.GetFormattedConfusionTable() },
        IDictionary<string, object?> map => map.ToDictionary(p => p.Key, p => Value(p.Value)),
        IEnumerable items => Items(items),
        _ => Members(value),
    };

    private static object Items(IEnumerable items)
    {
        bool isVector = items.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(VBuffer<>);
        var all = items.Cast<object?>().Select(Value).ToList();
        return isVector && all.Count > LongVector ? Summary(all) : all;
    }

    /// <summary>A long vector in short.</summary>
    private static Dictionary<string, object?> Summary(List<object?> items)
    {
        var facts = new Dictionary<string, object?> { ["length"] = items.Count };
        if (items[0] is string)
        {
            facts["fnv1a64"] = Fnv(string.Join('\n', items)).ToString("x16", CultureInfo.InvariantCulture);
            facts["head"] = items;
            return facts;
        }
        var numbers = items.Select(i => Convert.ToDouble(i, CultureInfo.InvariantCulture)).ToArray();
        facts["head"] = items;
        facts["nonZero"] = numbers.Count(n => n != 0);
        facts["sum"] = numbers.Sum();
        facts["sumAbs"] = numbers.Sum(Math.Abs);
        facts["sumIndexTimesValue"] = numbers.Select((n, i) => n * i).Sum();
        return facts;
    }

    private static ulong Fnv(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in System.Text.Encoding.UTF8.GetBytes(text))
            hash = (hash ^ b) * 1099511628211;
        return hash;
    }

    public static Dictionary<string, object?> Members(object value)
    {
        const BindingFlags Flags = BindingFlags.Public | BindingFlags.Instance;
        var type = value.GetType();
        var members = type.GetFields(Flags).Select(f => (f.Name, Value: f.GetValue(value)))
            .Concat(type.GetProperties(Flags).Where(p => p.GetIndexParameters().Length == 0).Select(p => (p.Name, Value: p.GetValue(value))));
        return members.ToDictionary(m => m.Name, m => Value(m.Value));
    }

    private static Dictionary<string, object?> Annotation(DataViewSchema.Annotations annotations, DataViewSchema.Column kind)
    {
        var read = typeof(Dump).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(kind.Type.RawType);
        return new() { ["type"] = kind.Type.ToString(), ["value"] = Value(read.Invoke(null, [annotations, kind.Name])) };
    }

    private static T Read<T>(DataViewSchema.Annotations annotations, string kind)
    {
        T value = default!;
        annotations.GetValue(kind, ref value);
        return value;
    }

    private static Func<object?> Getter(DataViewRow row, DataViewSchema.Column column)
    {
        var make = typeof(Dump).GetMethod(nameof(MakeGetter), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(column.Type.RawType);
        return (Func<object?>)make.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column], null)!;
    }

    private static Func<object?> MakeGetter<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default!;
            getter(ref value);
            return value;
        };
    }

    private static string TypeName(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>"
        : type.Name;
}
