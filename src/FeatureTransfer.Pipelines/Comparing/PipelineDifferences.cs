using System.Text.Json.Nodes;

namespace FeatureTransfer.Pipelines.Comparing;

/// <summary>Where the JSON of pipelines differs.</summary>
internal static class PipelineDifferences
{
    /// <summary>The paths of values that not all have alike, each with its value in every pipeline; null where one has none.</summary>
    public static IReadOnlyList<(string Path, IReadOnlyList<string?> Values)> Of(IReadOnlyList<JsonNode?> pipelines)
    {
        var flat = pipelines.Select(pipeline => Leaves(pipeline, "").ToDictionary(leaf => leaf.Path, leaf => leaf.Value, StringComparer.Ordinal)).ToList();
        return
        [
            .. flat.SelectMany(leaves => leaves.Keys).Distinct(StringComparer.Ordinal)
                .Select(path => (path, (IReadOnlyList<string?>)[.. flat.Select(leaves => leaves.GetValueOrDefault(path))]))
                .Where(difference => difference.Item2.Distinct(StringComparer.Ordinal).Skip(1).Any()),
        ];
    }

    private static IEnumerable<(string Path, string Value)> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}")),
        JsonArray items => items.SelectMany((item, i) => Leaves(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"))),
        null when path.Length == 0 => [],
        _ => [(path, node?.ToJsonString(PipelineWriter.Plain) ?? "null")],
    };
}
