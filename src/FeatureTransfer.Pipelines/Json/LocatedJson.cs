using System.Text;
using System.Text.Json;

namespace FeatureTransfer.Pipelines.Json;

/// <summary>Reads JSON, with comments and trailing commas, into nodes that know their place.</summary>
internal sealed class LocatedJson
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _file;
    private readonly byte[] _bytes;
    private readonly List<int> _lineStarts = [0];

    private LocatedJson(string file, byte[] bytes)
    {
        (_file, _bytes) = (file, bytes);
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n')
                _lineStarts.Add(i + 1);
        }
    }

    /// <summary>Parses a text.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="file">The name that places give.</param>
    /// <exception cref="PipelineFormatException">It is not JSON.</exception>
    public static LocatedNode Parse(string text, string file) => new LocatedJson(file, Encoding.UTF8.GetBytes(text)).Parse();

    private LocatedNode Parse()
    {
        var reader = new Utf8JsonReader(_bytes, Options);
        try
        {
            reader.Read();
            LocatedNode node = Value(ref reader, "$");
            reader.Read();
            return node;
        }
        catch (JsonException e)
        {
            var place = new JsonPlace(_file, "$", (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            string reason = e.Message.Split(" LineNumber:")[0];
            throw new PipelineFormatException([new PipelineFault(place, $"this is not valid JSON: {reason}")]);
        }
    }

    private LocatedNode Value(ref Utf8JsonReader reader, string path)
    {
        JsonPlace place = PlaceOf(ref reader, path);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Object(ref reader, place),
            JsonTokenType.StartArray => Array(ref reader, place),
            JsonTokenType.String => new LocatedText(place, Text(ref reader, place)),
            JsonTokenType.Number => new LocatedNumber(place, Encoding.UTF8.GetString(reader.ValueSpan)),
            JsonTokenType.True => new LocatedBoolean(place, true),
            JsonTokenType.False => new LocatedBoolean(place, false),
            _ => new LocatedNull(place),
        };
    }

    private LocatedObject Object(ref Utf8JsonReader reader, JsonPlace place)
    {
        var members = new List<LocatedMember>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = Text(ref reader, PlaceOf(ref reader, place.Path));
            string path = MemberPath(place.Path, name);
            JsonPlace namePlace = PlaceOf(ref reader, path);
            reader.Read();
            if (members.Exists(m => m.Name == name))
                throw new PipelineFormatException([new PipelineFault(namePlace, $"\"{name}\" is given twice; keep one of them")]);
            members.Add(new LocatedMember(name, namePlace, Value(ref reader, path)));
        }

        return new LocatedObject(place, members);
    }

    private LocatedArray Array(ref Utf8JsonReader reader, JsonPlace place)
    {
        var items = new List<LocatedNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Value(ref reader, ItemPath(place.Path, items.Count)));
        return new LocatedArray(place, items);
    }

    private static string Text(ref Utf8JsonReader reader, JsonPlace place)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Grammar allows an escape such as \ud800 alone, and no text has it.
            throw new PipelineFormatException([new PipelineFault(place, "this string has half of a surrogate pair; write both halves, such as \\ud83d\\ude00, or the character itself")]);
        }
    }

    internal static string MemberPath(string parent, string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '$') ? $"{parent}.{name}" : $"{parent}['{name}']";

    internal static string ItemPath(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}[{index}]");

    private JsonPlace PlaceOf(ref Utf8JsonReader reader, string path)
    {
        int offset = (int)reader.TokenStartIndex;
        int line = _lineStarts.BinarySearch(offset);
        if (line < 0)
            line = ~line - 1;
        int column = Encoding.UTF8.GetCharCount(_bytes, _lineStarts[line], offset - _lineStarts[line]);
        return new JsonPlace(_file, path, line + 1, column + 1);
    }
}
