namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>What tokens depend on in a model of SentencePiece.</summary>
internal sealed record PieceModel
{
    /// <summary>The pieces, by their ids.</summary>
    public required IReadOnlyList<Piece> Pieces { get; init; }

    /// <summary>How texts are prepared.</summary>
    public required PieceText Text { get; init; }

    /// <summary>Whether pairs are merged (BPE); else the likeliest pieces are chosen (Unigram). Default false.</summary>
    public bool MergesPairs { get; init; }

    /// <summary>Whether unknown characters become their bytes. Default false.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>The id of what is unknown. Default 0.</summary>
    public int UnknownId { get; init; }
}
