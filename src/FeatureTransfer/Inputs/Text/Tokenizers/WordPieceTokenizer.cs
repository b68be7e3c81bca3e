using System.Text;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>WordPiece, as BERT has it (Wu and others, 2016, arXiv:1609.08144): of each word the longest pieces that the vocabulary has, from the left.</summary>
internal sealed class WordPieceTokenizer : TextTokenizer
{
    private const string Inside = "##";

    // Pieces that begin words, and pieces inside of them, without their mark.
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _first;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _inside;
    private readonly WordPieceSettings _settings;
    private readonly int _unknown;
    private readonly int _longest;

    /// <summary>Makes a tokenizer.</summary>
    /// <param name="vocabulary">Tokens and their ids, the unknown one among them.</param>
    /// <param name="settings">How text is read.</param>
    /// <param name="specials">The tokens around texts.</param>
    /// <param name="added">The tokens that stand for themselves.</param>
    public WordPieceTokenizer(IReadOnlyDictionary<string, int> vocabulary, WordPieceSettings settings, SpecialTokens specials, AddedTokens added)
        : base(added)
    {
        var inside = vocabulary.Where(token => token.Key.StartsWith(Inside, StringComparison.Ordinal)).ToDictionary(token => token.Key[Inside.Length..], token => token.Value, StringComparer.Ordinal);
        _first = new Dictionary<string, int>(vocabulary, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _inside = inside.GetAlternateLookup<ReadOnlySpan<char>>();
        (_settings, _longest, _unknown) = (settings, vocabulary.Keys.Max(token => token.Length), vocabulary[settings.Unknown]);
        (Specials, Count) = (specials, vocabulary.Count);
        if (settings.StripAccents)
            BertText.RequireIcu("\u00E9".Normalize(NormalizationForm.FormD));
    }

    public override SpecialTokens Specials { get; }

    public override int Count { get; }

    /// <summary>Opens a vocabulary of one token a line.</summary>
    public static WordPieceTokenizer Open(TokenizerFile file, bool lowerCase)
    {
        var vocabulary = Read(file);
        var settings = new WordPieceSettings(lowerCase, StripAccents: lowerCase);
        Id(settings.Unknown);
        int[] separator = [Id("[SEP]")];
        return new WordPieceTokenizer(
            vocabulary,
            settings,
            new SpecialTokens([Id("[CLS]")], separator, separator, Id("[PAD]"), SegmentIds: true),
            AddedTokens.Known(vocabulary, "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));

        int Id(string token) => vocabulary.TryGetValue(token, out var id)
            ? id
            : throw new FeatureTransferException($"{file.Name}: has no token {token} in {vocabulary.Count} lines, which every vocabulary of WordPiece has. Expected one token a line.");
    }

    protected override void EncodePart(string text, bool isFirst, List<int> ids) => Words(text, ids);

    private static Dictionary<string, int> Read(TokenizerFile file)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        var lines = file.Lines();
        for (var id = 0; id < lines.Count; id++)
            vocabulary[lines[id]] = id;
        return vocabulary.Count > 0 ? vocabulary : throw new FeatureTransferException($"{file.Name}: is empty. Expected one token a line.");
    }

    private void Words(string text, List<int> ids)
    {
        var normalized = BertText.Normalize(text, _settings).AsSpan();
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
        if (word.Length > _settings.LongestWord && Runes(word) > _settings.LongestWord)
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
