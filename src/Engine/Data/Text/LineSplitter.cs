namespace Microsoft.ML.Data;

/// <summary>Splits a line into values.</summary>
internal sealed class LineSplitter(TextLoader.Options options)
{
    private readonly char[] _separators = options.Separators;
    private readonly bool _skipsSpaces = !options.Separators.Contains(' ');
    private readonly System.Text.StringBuilder _unquoted = new();

    /// <summary>The values of the line at hand.</summary>
    public List<ReadOnlyMemory<char>> Values { get; } = [];

    public void Split(ReadOnlyMemory<char> line)
    {
        Values.Clear();
        if (options.TrimWhitespace)
            line = line.TrimEnd();
        int at = 0;
        while (true)
        {
            Values.Add(Next(line, ref at));
            if (at >= line.Length)
                return;
            at++;
        }
    }

    // Leaves the position at the separator, or at the end of the line.
    private ReadOnlyMemory<char> Next(ReadOnlyMemory<char> line, ref int at)
    {
        var text = line.Span;
        if (_skipsSpaces)
            while (at < text.Length && text[at] == ' ')
                at++;
        if (options.AllowQuoting && at < text.Length && text[at] == '"')
            return Quoted(line, ref at);
        int start = at;
        int length = text[at..].IndexOfAny(_separators);
        at = length < 0 ? text.Length : at + length;
        return line[start..at];
    }

    // A value that does not end as a quoted value should is given as missing: what it was meant to be cannot be told.
    private ReadOnlyMemory<char> Quoted(ReadOnlyMemory<char> line, ref int at)
    {
        var text = line.Span;
        int start = ++at;
        bool hasEscapes = false;
        while (at < text.Length)
        {
            if (text[at] == options.EscapeChar && at + 1 < text.Length && text[at + 1] == '"')
            {
                hasEscapes = true;
                at += 2;
            }
            else if (text[at] == '"')
            {
                break;
            }
            else
            {
                at++;
            }
        }
        if (at >= text.Length)
            return default;
        var value = line[start..at];
        at++;
        while (at < text.Length && text[at] == ' ' && _skipsSpaces)
            at++;
        if (at < text.Length && !_separators.Contains(text[at]))
        {
            int rest = text[at..].IndexOfAny(_separators);
            at = rest < 0 ? text.Length : at + rest;
            return default;
        }
        return hasEscapes ? Unescape(value.Span) : value;
    }

    private ReadOnlyMemory<char> Unescape(ReadOnlySpan<char> value)
    {
        _unquoted.Clear();
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == options.EscapeChar && i + 1 < value.Length && value[i + 1] == '"')
                i++;
            _unquoted.Append(value[i]);
        }
        return _unquoted.ToString().AsMemory();
    }
}
