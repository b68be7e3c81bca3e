using System.Text;
using System.Text.Json.Nodes;

namespace FeatureTransfer.Backbones.TensorFlowJs;

/// <summary>
/// Reads a JavaScript literal as minifiers write it: names without quotes, <c>!0</c> and <c>!1</c>, numbers such as <c>.99</c>.
/// JSON is such a literal too. Nothing is ever run.
/// </summary>
internal sealed class JsLiteralReader(string text, int position)
{
    // Models nest some ten levels deep. Each takes room on the stack, and running out of that would end the process.
    private const int MostLevels = 200;

    private int _position = position;
    private int _level;

    /// <summary>Reads the literal that begins at the position.</summary>
    /// <exception cref="FormatException">There is no literal; the message tells the offset.</exception>
    public static JsonNode? Read(string text, int position = 0) => new JsLiteralReader(text, position).Value();

    private char Peek
    {
        get
        {
            while (_position < text.Length && char.IsWhiteSpace(text[_position]))
                _position++;
            return _position < text.Length ? text[_position] : '\0';
        }
    }

    private JsonNode? Value() => Peek switch
    {
        '{' => Within(Object),
        '[' => Within(Array),
        '"' or '\'' or '`' => JsonValue.Create(Text()),
        '!' => Not(),
        '-' or '+' or '.' or (>= '0' and <= '9') => JsonValue.Create(Number()),
        _ => Word(),
    };

    private JsonNode Within(Func<JsonNode> read)
    {
        if (++_level > MostLevels)
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"More than {MostLevels} levels of objects and lists at offset {_position}."));
        var value = read();
        _level--;
        return value;
    }

    private JsonObject Object()
    {
        var result = new JsonObject();
        Expect('{');
        while (Peek != '}')
        {
            var name = Peek is '"' or '\'' ? Text() : Identifier();
            Expect(':');
            result[name] = Value();
            if (Peek != '}')
                Expect(',');
        }

        Expect('}');
        return result;
    }

    private JsonArray Array()
    {
        var result = new JsonArray();
        Expect('[');
        while (Peek != ']')
        {
            result.Add(Value());
            if (Peek != ']')
                Expect(',');
        }

        Expect(']');
        return result;
    }

    private string Text()
    {
        var quote = Peek;
        var result = new StringBuilder();
        for (_position++; _position < text.Length && text[_position] != quote; _position++)
            result.Append(text[_position] == '\\' ? Escaped() : text[_position]);
        Expect(quote);
        return result.ToString();
    }

    private char Escaped()
    {
        var escape = ++_position < text.Length ? text[_position] : throw Unexpected();
        if (escape != 'u')
            return escape switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => escape };
        if (_position + 4 >= text.Length || !ushort.TryParse(text.AsSpan(_position + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            throw Unexpected();
        _position += 4;
        return (char)code;
    }

    private JsonValue Not()
    {
        Expect('!');
        return Number() switch { 0 => JsonValue.Create(true), 1 => JsonValue.Create(false), _ => throw Unexpected() };
    }

    private double Number()
    {
        var start = _position;
        while (_position < text.Length && (char.IsAsciiDigit(text[_position]) || text[_position] is '.' or '-' or '+' or 'e' or 'E'))
            _position++;
        return double.TryParse(text.AsSpan(start, _position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Unexpected();
    }

    private JsonValue? Word() => Identifier() switch
    {
        "null" or "undefined" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ => throw Unexpected(),
    };

    private string Identifier()
    {
        _ = Peek;
        var start = _position;
        while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] is '_' or '$'))
            _position++;
        return _position > start ? text[start.._position] : throw Unexpected();
    }

    private void Expect(char expected)
    {
        if (Peek != expected)
            throw Unexpected();
        _position++;
    }

    private FormatException Unexpected() => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Unexpected {(_position < text.Length ? $"'{text[_position]}'" : "end of file")} at offset {_position}."));
}
