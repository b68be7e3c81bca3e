namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>A token that stands for itself wherever a text has it.</summary>
/// <param name="Content">How it is written.</param>
/// <param name="Id">Its id.</param>
/// <param name="StripLeft">Whether white space before it belongs to it.</param>
/// <param name="StripRight">Whether white space behind it belongs to it.</param>
internal sealed record AddedToken(string Content, int Id, bool StripLeft = false, bool StripRight = false);
