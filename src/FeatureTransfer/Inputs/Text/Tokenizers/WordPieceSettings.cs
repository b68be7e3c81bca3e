namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>How WordPiece reads text.</summary>
/// <param name="LowerCase">Whether letters become small.</param>
/// <param name="StripAccents">Whether letters lose their accents.</param>
internal sealed record WordPieceSettings(bool LowerCase, bool StripAccents)
{
    /// <summary>The token of unknown words. Default <c>[UNK]</c>.</summary>
    public string Unknown { get; init; } = "[UNK]";

    /// <summary>The longest word that is cut, in characters; longer ones are unknown. Default 100.</summary>
    public int LongestWord { get; init; } = 100;
}
