namespace Microsoft.ML.Transforms.Text;

/// <summary>What is done to the characters of a text, one after the other.</summary>
internal sealed record TextRules(TextNormalizingEstimator.CaseMode Case, bool KeepsDiacritics, bool KeepsPunctuation, bool KeepsNumbers)
{
    /// <summary>The text after the rules; the same memory where nothing changes.</summary>
    public ReadOnlyMemory<char> Apply(ReadOnlyMemory<char> text)
    {
        var source = text.Span;
        int same = 0;
        while (same < source.Length && TryMap(source[same], out char c) && c == source[same])
            same++;
        if (same == source.Length)
            return text;
        var result = new char[source.Length];
        source[..same].CopyTo(result);
        int length = same;
        foreach (char old in source[same..])
            if (TryMap(old, out char mapped))
                result[length++] = mapped;
        return result.AsMemory(0, length);
    }

    /// <summary>What becomes of a character; false where it is taken out.</summary>
    private bool TryMap(char c, out char mapped)
    {
        mapped = c;
        if (!KeepsDiacritics && c >= 0x80)
        {
            if (c is >= '\u0300' and <= '\u036F')
                return false;
            mapped = LatinLetters.WithoutMarks(c);
        }
        if (!KeepsPunctuation && char.IsPunctuation(mapped))
            return false;
        if (!KeepsNumbers && char.IsNumber(mapped))
            return false;
        mapped = Case switch
        {
            TextNormalizingEstimator.CaseMode.Lower => char.ToLowerInvariant(mapped),
            TextNormalizingEstimator.CaseMode.Upper => char.ToUpperInvariant(mapped),
            _ => mapped,
        };
        return true;
    }
}
