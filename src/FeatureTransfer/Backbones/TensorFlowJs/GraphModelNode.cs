using System.Text;
using System.Text.Json.Nodes;

namespace FeatureTransfer.Backbones.TensorFlowJs;

/// <summary>A node of a TensorFlow graph as TensorFlow.js writes it.</summary>
internal sealed class GraphModelNode(JsonObject json)
{
    private readonly JsonObject? _attributes = json["attr"]?.AsObject();

    /// <summary>Its name, which is that of its first output.</summary>
    public string Name { get; } = (string?)json["name"] ?? throw new FormatException("A node has no name.");

    /// <summary>The kind of operation.</summary>
    public string Op { get; } = (string?)json["op"] ?? throw new FormatException($"Node '{json["name"]}' has no operation.");

    /// <summary>The nodes that it reads, without those that it only waits for.</summary>
    public IReadOnlyList<string> Inputs { get; } = [.. (json["input"]?.AsArray() ?? []).Select(input => (string)input!).Where(input => !input.StartsWith('^')).Select(Tensor)];

    /// <summary>A reference to a node's first output by the node's name.</summary>
    public static string Tensor(string reference) => reference.EndsWith(":0", StringComparison.Ordinal) ? reference[..^2] : reference;

    /// <summary>Whether a flag is set.</summary>
    public bool Flag(string name) => (bool?)_attributes?[name]?["b"] ?? false;

    /// <summary>A text, which is written in base64; null where there is none.</summary>
    public string? Text(string name) => (string?)_attributes?[name]?["s"] is { } text ? Decoded(text) : null;

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. (_attributes?[name]?["list"]?["s"]?.AsArray() ?? []).Select(text => Decoded((string)text!))];

    /// <summary>Height and width of a list (batch, height, width, channels), 1 where there is none.</summary>
    /// <exception cref="FormatException">It has other sizes, or goes along the batch or the channels.</exception>
    public (long Height, long Width) Pair(string name) => (_attributes?[name]?["list"]?["i"]?.AsArray() ?? []).Select(Whole).ToArray() switch
    {
        [] => (1, 1),
        [1, > 0 and <= int.MaxValue and var height, > 0 and <= int.MaxValue and var width, 1] => (height, width),
        var sizes => throw new FormatException($"Node '{Name}' has the {name} ({string.Join(", ", sizes)}). Expected (1, height, width, 1)."),
    };

    /// <summary>The sizes of a shape; -1 is any.</summary>
    public long[] Shape(string name) => [.. (_attributes?[name]?["shape"]?["dim"]?.AsArray() ?? []).Select(dimension => Whole(dimension!["size"]))];

    // 64-bit integers are texts in the JSON of protocol buffers.
    private static long Whole(JsonNode? value) => long.Parse(value!.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string Decoded(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
