using System.Buffers;
using System.Text;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>
/// Text as BERT reads it (Devlin and others, 2018, arXiv:1810.04805): control characters go, Chinese characters stand alone, and without
/// regard to case letters become small and lose their accents.
/// </summary>
internal static class BertText
{
    private const int Replacement = 0xFFFD;

    /// <summary>The text with plain spaces between what may be words.</summary>
    public static string Normalize(string text, WordPieceSettings settings)
    {
        var clean = Clean(text);
        var cased = settings.LowerCase ? Lower(clean) : clean;
        return settings.StripAccents ? WithoutAccents(cased) : cased;
    }

    /// <summary>Makes sure that accents can be taken off letters: without ICU, .NET leaves text as it is and reports nothing.</summary>
    /// <param name="taken">A letter with an accent, taken apart by the runtime.</param>
    /// <exception cref="FeatureTransferException">They cannot.</exception>
    public static void RequireIcu(string taken)
    {
        if (taken.Length == 1)
        {
            throw new FeatureTransferException(
                "This program runs with invariant globalization, where .NET cannot take accents off letters, and the tokenizer would give other ids than the model learned. "
                + "Set InvariantGlobalization to false in the program's project, unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT, and install ICU (libicu on Linux).");
        }
    }

    /// <summary>Whether a character is a word of its own.</summary>
    public static bool IsPunctuation(Rune rune) =>
        rune.Value is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~')
        || (!rune.IsAscii && Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation);

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is 0 or Replacement || IsControl(rune))
                continue;
            if (Rune.IsWhiteSpace(rune))
                clean.Append(' ');
            else if (IsChinese(rune.Value))
                clean.Append(' ').Append(rune).Append(' ');
            else
                clean.Append(rune);
        }

        return clean.ToString();
    }

    private static bool IsControl(Rune rune) => rune.Value is not ('\t' or '\n' or '\r')
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;

    // The blocks of ideographs, without Japanese kana and Korean syllables.
    private static bool IsChinese(int rune) => rune is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2CEAF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);

    // Two letters change otherwise than by themselves: the capital I with a dot becomes two, and the sigma that ends a word has a form of its own.
    private static string Lower(string text)
    {
        var lower = text.ToLowerInvariant();
        if (!text.AsSpan().ContainsAny(_special))
            return lower;
        var letters = new StringBuilder(lower.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                '\u0130' => letters.Append("i\u0307"),
                '\u03A3' => letters.Append(EndsAWord(text, i) ? '\u03C2' : '\u03C3'),
                _ => letters.Append(lower[i]),
            };
        }

        return letters.ToString();
    }

    private static readonly SearchValues<char> _special = SearchValues.Create("\u0130\u03A3");

    private static bool EndsAWord(string text, int sigma) => Neighbour(text, sigma, -1) && !Neighbour(text, sigma, 1);

    // Whether a letter follows in a direction; marks do not count.
    private static bool Neighbour(string text, int from, int step)
    {
        for (var i = from + step; i >= 0 && i < text.Length; i += step)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(text[i]) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol) && text[i] is not ('\'' or '.' or ':' or '\u2019' or '\u00B7'))
                return char.IsUpper(text[i]) || char.IsLower(text[i]);
        }

        return false;
    }

    private static string WithoutAccents(string text)
    {
        if (System.Text.Ascii.IsValid(text))
            return text;
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
                plain.Append(rune);
        }

        return plain.ToString();
    }
}
