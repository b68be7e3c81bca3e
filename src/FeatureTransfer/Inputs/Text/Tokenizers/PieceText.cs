namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>How a text is prepared before it is cut into sentence pieces.</summary>
internal sealed record PieceText
{
    /// <summary>Replaces characters, or null. Default null.</summary>
    public CharsMap? Map { get; init; }

    /// <summary>Whether words are what stands between white space of any kind, and one space is put between them. Default false.</summary>
    public bool SplitsWords { get; init; }

    /// <summary>Whether white space before the text goes. Default false.</summary>
    public bool StripLeft { get; init; }

    /// <summary>Whether white space behind the text goes. Default false.</summary>
    public bool StripRight { get; init; }

    /// <summary>Whether spaces at both ends go. Default false.</summary>
    public bool TrimsSpaces { get; init; }

    /// <summary>Whether one space stays of several. Default false.</summary>
    public bool Collapses { get; init; }

    /// <summary>Which parts of a text get a space at their beginning. Default <see cref="PiecePrefix.Always"/>.</summary>
    public PiecePrefix Prefix { get; init; }

    /// <summary>Whether that space stands behind the text instead. Default false.</summary>
    public bool IsSuffix { get; init; }

    /// <summary>Prepares a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isFirst">Whether it begins the whole text.</param>
    public string Of(string text, bool isFirst)
    {
        text = Map?.Apply(text) ?? text;
        if (SplitsWords)
            text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        text = StripLeft ? text.TrimStart() : text;
        text = StripRight ? text.TrimEnd() : text;
        text = TrimsSpaces ? text.Trim(' ') : text;
        if (Collapses && text.Contains("  ", StringComparison.Ordinal))
            text = Collapsed(text);
        if (text.Length == 0 || !TakesPrefix(text[0], isFirst))
            return text;
        return IsSuffix ? text + ' ' : ' ' + text;
    }

    private bool TakesPrefix(char first, bool isFirst) => Prefix switch
    {
        PiecePrefix.Always => true,
        PiecePrefix.UnlessSpace => first is not (' ' or '\u2581'),
        PiecePrefix.First => isFirst && first is not (' ' or '\u2581'),
        _ => false,
    };

    private static string Collapsed(string text)
    {
        var kept = text.Where((letter, place) => letter != ' ' || place == 0 || text[place - 1] != ' ').ToArray();
        return new string(kept);
    }
}
