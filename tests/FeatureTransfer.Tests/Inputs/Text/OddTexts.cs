using System.Text;

namespace FeatureTransfer.Tests.Inputs.Text;

/// <summary>Texts as they come: ten scripts, emoji, accents in both forms, control characters, odd spaces, symbols, endless words.</summary>
internal static class OddTexts
{
    private static readonly string[] _pieces =
    [
        "the weather is lovely today", "Don't we'll they've", "naïve café Ångström ÇA VA", "Straße GROẞ", "Привет, как дела?", "Γειά σου Κόσμε ΆΈΉ", "שלום עולם", "مرحبا بالعالم",
        "नमस्ते दुनिया", "สวัสดีชาวโลก", "你好世界，今天天气很好。", "こんにちは、世界！カタカナ", "안녕하세요 세계", "Xin chào thế giới", "İstanbul ıĞŞ", "ﬁnal ofﬁce ℌ ①", "😀 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪", "a\u0301e\u0308o\u0302",
        "\u212B \u00C5 A\u030A", "$5 + 3 = 8; 50% off < > ^ ` | ~ © ° ™", "tab\there", "line\nbreak\r\n", "\u00A0nbsp\u2003em\u3000ideographic", "zero\u200Bwidth\u200Djoin\uFEFF", "bell\u0007 null\u0000 esc\u001B", "\uFFFD", "[UNK] [CLS] [MASK]",
        "state-of-the-art (2024) e.g. U.S.A.", "http://example.org/a?b=c&d=e#f", "a_b__c", "…—–“quoted”‘x’", "1,234.56 ½ ٣٤ ९", "𝔘𝔫𝔦 𝒸ℴ𝒹ℯ", "野家", "ꙮ ᚠᛇᚻ", "\u1E9E\u0130", "\uAC00\u1100\u1161", "\u0E33", "ﷺ", "C++ C# .NET",
    ];

    /// <summary>Texts, the same for the same seed. Half surrogate pairs are U+FFFD already, as they are in content.</summary>
    public static IReadOnlyList<string> Lines(int count, int seed)
    {
        var random = new Random(seed);
        var lines = new List<string> { "", " ", new string('x', 250), new string('漢', 120), string.Concat(Enumerable.Repeat("antidisestablishmentarianism", 8)) };
        while (lines.Count < count)
            lines.Add(Clean(Line(random)));
        return lines;
    }

    private static string Line(Random random)
    {
        var line = new StringBuilder();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var piece = _pieces[random.Next(_pieces.Length)];
            line.Append(random.Next(4) switch
            {
                0 => piece.ToUpperInvariant(),
                1 => piece[..random.Next(piece.Length + 1)],
                2 => piece + char.ConvertFromUtf32(Rune(random)),
                _ => piece,
            });
            if (random.Next(3) > 0)
                line.Append(' ');
        }

        return line.ToString();
    }

    // Any character that Unicode knows or does not know, surrogates aside.
    private static int Rune(Random random)
    {
        var rune = random.Next(3) == 0 ? random.Next(0x20000) : random.Next(0x3000);
        return rune is >= 0xD800 and <= 0xDFFF ? 'q' : rune;
    }

    private static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
