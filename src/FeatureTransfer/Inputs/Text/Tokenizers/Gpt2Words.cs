using System.Buffers;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>
/// Cuts text into words as GPT-2 does: contractions, letters, digits, everything else, each with the space before it, and white space. A regular
/// expression of .NET sees halves of surrogate pairs and takes letters beyond 65,535 for something else.
/// </summary>
internal sealed class Gpt2Words : PreTokenizer
{
    private static readonly string[] _contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum Kind
    {
        None,
        Space,
        Letter,
        Digit,
        Other,
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => PreTokenize(text.AsSpan());

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text)
    {
        var words = new List<(int, int)>();
        for (var start = 0; start < text.Length;)
        {
            var length = Length(text[start..]);
            words.Add((start, length));
            start += length;
        }

        return words;
    }

    private static int Length(ReadOnlySpan<char> text)
    {
        foreach (var contraction in _contractions)
        {
            if (text.StartsWith(contraction, StringComparison.Ordinal))
                return contraction.Length;
        }

        var space = text[0] == ' ' ? 1 : 0;
        var kind = KindAt(text, space, out _);
        return kind is Kind.None or Kind.Space ? Spaces(text) : space + Run(text[space..], kind);
    }

    // The last of several spaces belongs to the word behind them.
    private static int Spaces(ReadOnlySpan<char> text)
    {
        var all = Run(text, Kind.Space);
        return all == text.Length || all == 1 ? all : all - 1;
    }

    private static int Run(ReadOnlySpan<char> text, Kind kind)
    {
        var length = 0;
        while (KindAt(text, length, out var rune) == kind)
            length += rune;
        return length;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int place, out int length)
    {
        if (place >= text.Length)
        {
            length = 0;
            return Kind.None;
        }

        if (Rune.DecodeFromUtf16(text[place..], out var rune, out length) != OperationStatus.Done)
            return Kind.Other;
        return Rune.IsWhiteSpace(rune) ? Kind.Space : Rune.IsLetter(rune) ? Kind.Letter : Rune.IsNumber(rune) ? Kind.Digit : Kind.Other;
    }
}
