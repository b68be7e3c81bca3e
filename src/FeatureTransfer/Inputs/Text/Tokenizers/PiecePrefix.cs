namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Which parts of a text get a space at their beginning, as their first word would have one inside a text.</summary>
internal enum PiecePrefix
{
    /// <summary>All.</summary>
    Always,

    /// <summary>Those that do not begin with one.</summary>
    UnlessSpace,

    /// <summary>The first, if it does not begin with one.</summary>
    First,

    /// <summary>None.</summary>
    Never,
}
