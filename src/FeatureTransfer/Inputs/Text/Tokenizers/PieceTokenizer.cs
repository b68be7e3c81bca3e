using Microsoft.ML.Tokenizers;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>SentencePiece (Kudo and Richardson, 2018, arXiv:1808.06226).</summary>
internal sealed class PieceTokenizer : TextTokenizer
{
    private readonly SentencePieceTokenizer _tokenizer;
    private readonly PieceModel _model;

    /// <summary>Makes a tokenizer.</summary>
    /// <param name="model">The pieces, and how texts are prepared.</param>
    /// <param name="specials">The tokens around texts.</param>
    /// <param name="added">The tokens that stand for themselves.</param>
    /// <exception cref="InvalidDataException">A piece can be part of no text.</exception>
    public PieceTokenizer(PieceModel model, SpecialTokens specials, AddedTokens added)
        : base(added)
    {
        // It ends a piece in the tree by which the library finds pieces.
        if (model.Pieces.Any(piece => piece.Text.Contains('\0', StringComparison.Ordinal)))
            throw new InvalidDataException("a piece has a character of the code 0, which no text has.");
        using var stream = new MemoryStream(PieceModelWriter.Write(model));
        _tokenizer = SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false);
        (_model, Specials) = (model, specials);
    }

    public override SpecialTokens Specials { get; }

    public override int Count => _model.Pieces.Count;

    /// <summary>Opens a <c>.model</c>.</summary>
    public static PieceTokenizer Open(TokenizerFile file)
    {
        var (model, specials) = PieceModelReader.Read(file);
        return new PieceTokenizer(model, specials, new AddedTokens([]));
    }

    protected override void EncodePart(string text, bool isFirst, List<int> ids)
    {
        var before = ids.Count;
        foreach (var id in _tokenizer.EncodeToIds(_model.Text.Of(text, isFirst), addBeginningOfSentence: false, addEndOfSentence: false))
        {
            // Unknown pieces beside each other are one.
            if (id != _model.UnknownId || ids.Count == before || ids[^1] != id)
                ids.Add(id);
        }
    }
}
