using System.Text.Json.Nodes;

namespace Microsoft.ML.Vision;

/// <summary>What bottleneck values were made of: the network, the images' way into it, the rows, and which of them.</summary>
internal sealed record BottleneckOrigin(string Network, string Image, string Rows, string Part)
{
    private const int Format = 1;

    public JsonObject ToJson() => new()
    {
        ["format"] = Format,
        ["networkSha256"] = Network,
        ["image"] = Image,
        ["rowsSha256"] = Rows,
        ["part"] = Part,
    };

    /// <summary>What differs from an origin that was written; null is nothing.</summary>
    public string? DifferenceTo(JsonObject written)
    {
        var own = ToJson();
        return Differs("format") ? "another version of this library"
            : Differs("networkSha256") ? "another network, or other layers of it"
            : Differs("image") ? "images that were prepared otherwise"
            : Differs("rowsSha256") ? "other rows"
            : Differs("part") ? "another part of the rows"
            : null;

        bool Differs(string name) => !JsonNode.DeepEquals(own[name], written[name]);
    }
}
