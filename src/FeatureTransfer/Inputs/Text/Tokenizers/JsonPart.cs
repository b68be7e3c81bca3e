using System.Text.Json;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>A place in a JSON file, whose faults name it.</summary>
/// <param name="file">The file's name.</param>
/// <param name="path">The place.</param>
/// <param name="element">What stands there.</param>
internal readonly struct JsonPart(string file, string path, JsonElement element)
{
    /// <summary>Whether nothing, or null, stands there.</summary>
    public bool IsAbsent => element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>The text there.</summary>
    public string Text => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Unsupported("a string");

    /// <summary>The whole number there.</summary>
    public int Integer => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) ? value : throw Unsupported("a whole number");

    /// <summary>The number there.</summary>
    public float Number => element.ValueKind == JsonValueKind.Number ? element.GetSingle() : throw Unsupported("a number");

    /// <summary>What the array there holds; nothing where there is none.</summary>
    public IReadOnlyList<JsonPart> Items
    {
        get
        {
            var (name, place) = (file, path);
            return element.ValueKind == JsonValueKind.Array
                ? [.. element.EnumerateArray().Select((item, index) => new JsonPart(name, string.Create(CultureInfo.InvariantCulture, $"{place}[{index}]"), item))]
                : IsAbsent ? [] : throw Unsupported("an array");
        }
    }

    /// <summary>A member of the object there.</summary>
    public JsonPart this[string name] =>
        new(file, $"{path}.{name}", element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default);

    /// <summary>The object there, as tokens and their ids.</summary>
    public Dictionary<string, int> Ids()
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Unsupported("an object of tokens and their ids");
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
            ids[member.Name] = new JsonPart(file, $"{path}.{member.Name}", member.Value).Integer;
        return ids;
    }

    /// <summary>The two texts of a merge there, with a space between.</summary>
    public string Pair() => element.ValueKind == JsonValueKind.String ? Text : Items is [var left, var right] ? $"{left.Text} {right.Text}" : throw Unsupported("two tokens");

    /// <summary>Whether true stands there.</summary>
    /// <param name="absent">What is true where nothing does.</param>
    public bool Flag(bool absent) => IsAbsent ? absent : element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Unsupported("true or false"),
    };

    /// <summary>Refuses every text but some.</summary>
    public string OneOf(params IReadOnlyList<string> texts) =>
        element.ValueKind == JsonValueKind.String && texts.Contains(Text) ? Text : throw Unsupported(string.Join(", ", texts.SkipLast(1)) + (texts.Count > 1 ? " or " : "") + texts[^1]);

    /// <summary>Refuses what is not absent, empty, false or what is expected.</summary>
    public void Refuse(string expected)
    {
        if (!(IsAbsent || element.ValueKind == JsonValueKind.False || (element.ValueKind == JsonValueKind.String && (Text.Length == 0 || Text == expected))))
            throw Unsupported(expected);
    }

    /// <summary>Says that what stands there cannot be done.</summary>
    /// <param name="expected">What can be.</param>
    public FeatureTransferException Unsupported(string expected) =>
        new($"{file}: {path} is {(IsAbsent ? "absent" : Shown(element.ToString()))}, which is not supported. Expected {expected}.");

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
