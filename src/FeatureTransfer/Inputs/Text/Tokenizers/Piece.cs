namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>A piece of SentencePiece's vocabulary.</summary>
/// <param name="Text">How it is written, with U+2581 for spaces.</param>
/// <param name="Score">The logarithm of its probability.</param>
/// <param name="Kind">Its kind.</param>
internal readonly record struct Piece(string Text, float Score, PieceKind Kind);

/// <summary>Kinds of pieces, numbered as in SentencePiece's files.</summary>
internal enum PieceKind
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}
