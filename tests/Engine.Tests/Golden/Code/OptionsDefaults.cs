using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Engine.Tests.Golden.Code;

/// <summary>
/// The defaults of options classes. Classes of trees and of additive models are compared where the engine has them: the
/// test of the surface tells what it has not.
/// </summary>
internal static class OptionsDefaults
{
    public static IEnumerable<string> Differences(JsonElement expected)
    {
        foreach (var options in expected.EnumerateArray())
        {
            string name = options.GetProperty("$type").GetString()!;
            var type = typeof(Microsoft.ML.MLContext).Assembly.GetExportedTypes()
                .SingleOrDefault(t => t.FullName!.Replace('+', '.').EndsWith("." + name, StringComparison.Ordinal));
            if (type is null && (name.StartsWith("Fast", StringComparison.Ordinal) || name.StartsWith("Gam", StringComparison.Ordinal)))
                continue;
            var comparison = Comparison.Exact();
            comparison.Compare(name, options, type is null ? null : Describe(Activator.CreateInstance(type)!));
            foreach (string difference in comparison.Differences)
                yield return difference;
        }
    }

    private static Dictionary<string, object?> Describe(object value)
    {
        const BindingFlags Flags = BindingFlags.Public | BindingFlags.Instance;
        var type = value.GetType();
        var members = type.GetFields(Flags).Select(f => (f.Name, Value: f.GetValue(value)))
            .Concat(type.GetProperties(Flags).Where(p => p.CanWrite).Select(p => (p.Name, Value: p.GetValue(value))));
        var facts = members.ToDictionary(m => m.Name, m => Item(m.Value));
        facts["$type"] = type.FullName![(type.Namespace!.Length + 1)..].Replace('+', '.');
        return facts;
    }

    private static object? Item(object? value) => value switch
    {
        null or bool or string => value,
        Enum e => e.ToString(),
        IConvertible number => number,
        IFormattable text => text.ToString(null, CultureInfo.InvariantCulture),
        _ => Describe(value),
    };
}
