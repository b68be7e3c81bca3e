using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Engine.Tests.Golden;

/// <summary>Compares what the golden file says with what the engine gave; collects the differences.</summary>
internal sealed class Comparison(double absolute, double relative)
{
    /// <summary>Numbers and text must be the same.</summary>
    public static Comparison Exact() => new(0, 0);

    public List<string> Differences { get; } = [];

    /// <summary>Whether a property of this name is left out.</summary>
    public Func<string, bool> Skips { get; init; } = _ => false;

    /// <summary>The length at which the file cut lists off; 0 where it did not.</summary>
    public int KeepsFirst { get; init; }

    public void Compare(string path, JsonElement expected, object? actual)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                CompareObjects(path, expected, actual);
                break;
            case JsonValueKind.Array:
                CompareLists(path, expected, actual);
                break;
            case JsonValueKind.Number:
                CompareNumbers(path, expected, actual);
                break;
            case JsonValueKind.String:
                CompareText(path, expected.GetString()!, actual);
                break;
            case JsonValueKind.Null:
                Differ(actual is null, path, expected, actual);
                break;
            default:
                Differ(actual is bool flag && flag == expected.GetBoolean(), path, expected, actual);
                break;
        }
    }

    private void CompareObjects(string path, JsonElement expected, object? actual)
    {
        if (actual is not IDictionary<string, object?> map)
        {
            Differ(false, path, expected, actual);
            return;
        }
        foreach (var property in expected.EnumerateObject())
        {
            if (Skips(property.Name))
                continue;
            string place = $"{path}.{property.Name}";
            if (!map.TryGetValue(property.Name, out object? value))
                Differences.Add($"{place}: missing, expected {Short(property.Value)}");
            else if (property.Name == "head" && value is IList list)
                Compare(place, property.Value, list.Cast<object?>().Take(property.Value.GetArrayLength()).ToList());
            else
                Compare(place, property.Value, value);
        }
        foreach (string extra in map.Keys.Where(k => !expected.TryGetProperty(k, out _) && k != "fnv1a64" && !Skips(k)))
            Differences.Add($"{path}.{extra}: not expected");
    }

    private void CompareLists(string path, JsonElement expected, object? actual)
    {
        if (actual is string || actual is not IEnumerable items)
        {
            Differ(false, path, expected, actual);
            return;
        }
        var list = items.Cast<object?>().ToList();
        int length = expected.GetArrayLength();
        // Of long lists of parameters the files keep the first values.
        if (list.Count != length && !(KeepsFirst > 0 && length == KeepsFirst && list.Count > length))
            Differences.Add($"{path}: {list.Count} items, expected {length}: {Short(expected)}");
        for (int i = 0; i < Math.Min(length, list.Count); i++)
            Compare($"{path}[{i}]", expected[i], list[i]);
    }

    private void CompareNumbers(string path, JsonElement expected, object? actual)
    {
        if (actual is float or double)
        {
            double value = Convert.ToDouble(actual, CultureInfo.InvariantCulture);
            double wanted = actual is float ? (float)expected.GetDouble() : expected.GetDouble();
            Differ(Math.Abs(value - wanted) <= Math.Max(absolute, relative * Math.Abs(wanted)), path, expected, actual);
            return;
        }
        Differ(actual is IFormattable && Equal(expected.GetRawText(), actual), path, expected, actual);
    }

    private static bool Equal(string expected, object actual)
    {
        string text = Convert.ToString(actual, CultureInfo.InvariantCulture)!;
        return text == expected || (decimal.TryParse(expected, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal a)
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal b) && a == b);
    }

    private void CompareText(string path, string expected, object? actual)
    {
        bool same = actual is float or double
            ? Convert.ToDouble(actual, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) == expected
            : actual is string text && text == expected;
        if (!same)
            Differences.Add($"{path}: {actual ?? "null"}, expected \"{expected}\"");
    }

    private void Differ(bool same, string path, JsonElement expected, object? actual)
    {
        if (!same)
            Differences.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: {actual ?? "null"}, expected {Short(expected)}"));
    }

    private static string Short(JsonElement json) => json.GetRawText() is { Length: > 160 } text ? text[..160] + "..." : json.GetRawText();
}
