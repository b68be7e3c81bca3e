using Microsoft.ML.Tokenizers;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>SentencePiece (Kudo and Richardson, 2018, arXiv:1808.06226).</summary>
internal sealed class PieceTokenizer : TextTokenizer
{
    private readonly SentencePieceTokenizer _tokenizer;

    private PieceTokenizer(SentencePieceTokenizer tokenizer)
    {
        _tokenizer = tokenizer;
        var pad = tokenizer.Vocabulary.TryGetValue("<pad>", out var known) ? known : 0;
        int[] start = tokenizer.BeginningOfSentenceToken is { Length: > 0 } && tokenizer.AddBeginningOfSentence ? [tokenizer.BeginningOfSentenceId] : [];
        int[] end = tokenizer.EndOfSentenceToken is { Length: > 0 } ? [tokenizer.EndOfSentenceId] : [];
        Specials = new SpecialTokens(start, end, end, pad, SegmentIds: false);
    }

    public override SpecialTokens Specials { get; }

    public override int Count => _tokenizer.Vocabulary.Count;

    /// <summary>Opens a model.</summary>
    public static PieceTokenizer Open(TokenizerFile file)
    {
        using var stream = file.Open();
        return new PieceTokenizer(SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false));
    }

    public override void Encode(string text, List<int> ids) => ids.AddRange(_tokenizer.EncodeToIds(text, addBeginningOfSentence: false, addEndOfSentence: false));
}
