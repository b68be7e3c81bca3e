using System.Text.Json;

namespace FeatureTransfer.Pipelines.Binding;

/// <summary>
/// The values of an enum by their names in JSON. It is the same code for all enums: what is generic in them is compiled for each anew whenever
/// the program starts.
/// </summary>
internal sealed class EnumNames(Type type)
{
    private readonly Lazy<Dictionary<string, object>> _byName = new(() =>
        Enum.GetValues(type).Cast<object>().ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase));

    /// <summary>The names, in the order of the values.</summary>
    public IReadOnlyCollection<string> All => _byName.Value.Keys;

    /// <summary>The value of a name, however it is capitalized; null where there is none.</summary>
    public object? Find(string name) => _byName.Value.GetValueOrDefault(name);

    /// <summary>The name of a value.</summary>
    public static string NameOf(object value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!);
}
