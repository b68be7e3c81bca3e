using System.Text.Json;

namespace FeatureTransfer.Server.Requests;

/// <summary>Reads items of JSON: an object, or a list of objects; where a text or a file is all of an item, that text or its base64 will do.</summary>
internal sealed class JsonItems(ItemFields fields, FeatureTransferServerOptions options)
{
    private static readonly JsonDocumentOptions _strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>The items of a body.</summary>
    /// <exception cref="RefusedException">It is no JSON, or not of this form.</exception>
    public RequestItems Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, _strict);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Array)
                return new RequestItems([Item(root)], IsList: false);
            Limits.CheckCount(root.GetArrayLength(), options);
            return new RequestItems([.. root.EnumerateArray().Select(Item)], IsList: true);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair is found when a string is read, and is an InvalidOperationException.
            throw RefusedException.Malformed($"The body is no JSON that can be used: {exception.Message}");
        }
    }

    private RequestItem Item(JsonElement element)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (!members.TryAdd(fields.Known(member.Name), member.Value))
                    throw RefusedException.Malformed($"The member \"{member.Name}\" is there twice.");
            }
        }
        else if (element.ValueKind == JsonValueKind.String && fields.Single is { } only)
        {
            members[only] = element;
        }
        else
        {
            throw RefusedException.Malformed($"An item is {Kind(element)}. Expected an object with: {fields.Names}.");
        }

        return fields.Make(null, Content(members), name => Text(members, name), name => Number(members, name), options.MaxPixels);
    }

    // What is no base64 may be a path or an address: neither is ever opened.
    private ReadOnlyMemory<byte>? Content(Dictionary<string, JsonElement> members)
    {
        if (fields.ContentName is not { } name || !members.TryGetValue(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw RefusedException.Malformed($"The member \"{name}\" is not base64. Expected the bytes of the file itself; paths and addresses are not read.");
    }

    // A category may look like a number.
    private static string? Text(Dictionary<string, JsonElement> members, string name) => !members.TryGetValue(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => throw RefusedException.Malformed($"The member \"{name}\" is {Kind(value)}. Expected a text."),
    };

    private static float? Number(Dictionary<string, JsonElement> members, string name)
    {
        if (!members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && float.IsFinite(number)
            ? number
            : throw RefusedException.Malformed($"The member \"{name}\" is {Kind(value)}. Expected a finite number of single precision.");
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {Cut(element.GetRawText())}",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static string Cut(string number) => number.Length <= 20 ? number : $"{number[..20]}...";
}
