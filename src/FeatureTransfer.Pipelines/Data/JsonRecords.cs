using System.Text;
using System.Text.Json;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Reads JSON objects as records. Members that are objects or lists are no fields.</summary>
internal static class JsonRecords
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static RecordSet ReadArray(string file, SourceContext context)
    {
        using JsonDocument document = Parse(file, context);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new FeatureTransferException($"{file}: expected an array of objects, found {document.RootElement.ValueKind}; for one object a line use the type jsonLines.");
        return Collect(document.RootElement.EnumerateArray()
            .Where(e => e.ValueKind == JsonValueKind.Object)
            .Select((e, i) => InArray(e, string.Create(CultureInfo.InvariantCulture, $"{file}[{i}]"))));
    }

    public static RecordSet ReadLines(string file, SourceContext context)
    {
        var records = new List<SourceRecord>();
        int number = 0;
        foreach (string line in TextEncodings.Lines(file, Encoding(file, context)))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            string place = string.Create(CultureInfo.InvariantCulture, $"{file}({number})");
            if (TryParse(line, place, out SourceRecord? record, out string reason))
                records.Add(record!);
            else
                context.Rejected.Reject(new RejectedRow(place, reason, "data"));
        }

        return Collect(records);
    }

    private static Encoding Encoding(string file, SourceContext context)
    {
        var found = TextEncodings.Find(file);
        if (found.Note is { } note)
            context.Note(note);
        return found.Encoding;
    }

    private static bool TryParse(string line, string place, out SourceRecord? record, out string reason)
    {
        (record, reason) = (null, "the line is not a JSON object");
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                record = ToRecord(document.RootElement, place);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair is found when a string is read, and is an InvalidOperationException.
            reason = $"the line is not JSON: {e.Message}";
        }

        return record is not null;
    }

    private static SourceRecord InArray(JsonElement element, string place)
    {
        try
        {
            return ToRecord(element, place);
        }
        catch (InvalidOperationException e)
        {
            throw new FeatureTransferException($"{place}: a string of the object is no text ({e.Message}) Write both halves of a surrogate pair, or the character itself.", e);
        }
    }

    private static JsonDocument Parse(string file, SourceContext context)
    {
        try
        {
            return JsonDocument.Parse(TextEncodings.Text(file, Encoding(file, context)), Options);
        }
        catch (JsonException e)
        {
            throw new FeatureTransferException($"{file}: this is not valid JSON: {e.Message}", e);
        }
    }

    private static RecordSet Collect(IEnumerable<SourceRecord> records)
    {
        List<SourceRecord> all = [.. records];
        return new RecordSet([.. all.SelectMany(r => r.Fields.Keys).Distinct()], all);
    }

    private static SourceRecord ToRecord(JsonElement element, string place)
    {
        var fields = new Dictionary<string, string>();
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string? value = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString(),
                JsonValueKind.Number => member.Value.GetRawText(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => null,
            };
            if (value is not null)
                fields[member.Name] = value;
        }

        return new SourceRecord(place, fields);
    }
}
