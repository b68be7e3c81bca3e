using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Inputs.Text;

/// <summary>All that decides which tensors a text becomes.</summary>
internal sealed record TextSettings
{
    /// <summary>The kind of tokenizer.</summary>
    public required TokenizerOptions Tokenizer { get; init; }

    /// <summary>Its vocabulary.</summary>
    public required IReadOnlyList<TokenizerFile> Files { get; init; }

    /// <summary>What the network calls its inputs.</summary>
    public required TokenInputs Inputs { get; init; }

    /// <summary>The most tokens of a window.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>What becomes of longer texts.</summary>
    public LongText LongText { get; init; }

    /// <summary>Tokens that neighbouring windows share.</summary>
    public int Overlap { get; init; }

    /// <summary>What is put before every text.</summary>
    public string Prefix { get; init; } = "";
}
