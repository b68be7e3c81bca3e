using System.Text;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>WordPiece, as BERT has it (Wu and others, 2016, arXiv:1609.08144): of each word the longest pieces that the vocabulary has, from the left.</summary>
internal sealed class WordPieceTokenizer : TextTokenizer
{
    private const string Inside = "##";
    private const int LongestWord = 100;

    // Pieces that begin words, and pieces inside of them, without their mark.
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _first;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _inside;
    private readonly (string Text, int Id)[] _specials;
    private readonly bool _lowerCase;
    private readonly int _unknown;
    private readonly int _longest;

    private WordPieceTokenizer(IReadOnlyList<string> vocabulary, string name, bool lowerCase)
    {
        var (first, inside) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var id = 0; id < vocabulary.Count; id++)
        {
            if (vocabulary[id].StartsWith(Inside, StringComparison.Ordinal))
                inside[vocabulary[id][Inside.Length..]] = id;
            first[vocabulary[id]] = id;
        }

        (_first, _inside) = (first.GetAlternateLookup<ReadOnlySpan<char>>(), inside.GetAlternateLookup<ReadOnlySpan<char>>());
        (_lowerCase, _longest, Count) = (lowerCase, vocabulary.Max(token => token.Length), vocabulary.Count);
        _unknown = Id("[UNK]");
        Specials = new SpecialTokens([Id("[CLS]")], [Id("[SEP]")], [Id("[SEP]")], Id("[PAD]"), SegmentIds: true);
        _specials = [.. new[] { "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]" }.Where(first.ContainsKey).Select(token => (token, first[token]))];

        int Id(string token) => first.TryGetValue(token, out var id)
            ? id
            : throw new FeatureTransferException($"{name}: has no token {token}, which every vocabulary of WordPiece has. Expected one token a line.");
    }

    public override SpecialTokens Specials { get; }

    public override int Count { get; }

    /// <summary>Opens a vocabulary of one token a line.</summary>
    public static WordPieceTokenizer Open(TokenizerFile file, bool lowerCase)
    {
        var lines = Encoding.UTF8.GetString(file.Content.Span).Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return lines.Count > 0 ? Of(lines, file.Name, lowerCase) : throw new FeatureTransferException($"{file.Name}: is empty. Expected one token a line.");
    }

    /// <summary>Takes a vocabulary by its tokens' places.</summary>
    public static WordPieceTokenizer Of(IReadOnlyList<string> vocabulary, string name, bool lowerCase) => new(vocabulary, name, lowerCase);

    public override void Encode(string text, List<int> ids)
    {
        var start = 0;
        for (var at = text.IndexOf('['); at >= 0; at = text.IndexOf('[', Math.Max(start, at + 1)))
        {
            if (SpecialAt(text.AsSpan(at)) is not { } special)
                continue;
            Words(text[start..at], ids);
            ids.Add(special.Id);
            start = at + special.Length;
        }

        Words(text[start..], ids);
    }

    // Special tokens in a text stand for themselves, as Hugging Face has it.
    private (int Length, int Id)? SpecialAt(ReadOnlySpan<char> text)
    {
        foreach (var (special, id) in _specials)
        {
            if (text.StartsWith(special, StringComparison.Ordinal))
                return (special.Length, id);
        }

        return null;
    }

    private void Words(string text, List<int> ids)
    {
        var normalized = BertText.Normalize(text, _lowerCase).AsSpan();
        var (start, place) = (0, 0);
        foreach (var rune in normalized.EnumerateRunes())
        {
            var isPunctuation = BertText.IsPunctuation(rune);
            if (isPunctuation || Rune.IsWhiteSpace(rune))
            {
                Word(normalized[start..place], ids);
                start = place + rune.Utf16SequenceLength;
                if (isPunctuation)
                    Word(normalized[place..start], ids);
            }

            place += rune.Utf16SequenceLength;
        }

        Word(normalized[start..], ids);
    }

    private void Word(ReadOnlySpan<char> word, List<int> ids)
    {
        if (word.IsEmpty)
            return;
        var before = ids.Count;
        if (word.Length > LongestWord && Runes(word) > LongestWord)
        {
            ids.Add(_unknown);
            return;
        }

        for (var start = 0; start < word.Length;)
        {
            var end = LongestPiece(word, start, out var id);
            if (end == start)
            {
                // A word of which one piece is unknown is unknown as a whole.
                ids.RemoveRange(before, ids.Count - before);
                ids.Add(_unknown);
                return;
            }

            ids.Add(id);
            start = end;
        }
    }

    private int LongestPiece(ReadOnlySpan<char> word, int start, out int id)
    {
        var lookup = start == 0 ? _first : _inside;
        for (var end = Math.Min(word.Length, start + _longest); end > start; end--)
        {
            if (lookup.TryGetValue(word[start..end], out id))
                return end;
        }

        id = _unknown;
        return start;
    }

    private static int Runes(ReadOnlySpan<char> word)
    {
        var count = 0;
        foreach (var _ in word.EnumerateRunes())
            count++;
        return count;
    }
}
