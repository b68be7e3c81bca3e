using System.Text.Json;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>What was chosen in a search, in few words.</summary>
internal static class OptionText
{
    /// <summary>The names of options: the last part of each path, or all of it where two would have one name.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<string> paths) =>
        [.. paths.Select(path => paths.Count(other => Last(other) == Last(path)) == 1 ? Last(path) : path)];

    /// <summary>A value: the names of a list with commas, a step by its type and its options.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "none" : string.Join(", ", value.EnumerateArray().Select(Of)),
        JsonValueKind.Object => Step(value),
        _ => value.GetRawText(),
    };

    private static string Step(JsonElement step)
    {
        var type = step.TryGetProperty("type", out var name) ? name.GetString() : null;
        var options = string.Join(", ", step.EnumerateObject().Where(member => member.Name != "type").Select(member => $"{member.Name} {Of(member.Value)}"));
        return type is null ? options : options.Length == 0 ? type : $"{type} ({options})";
    }

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];
}
