using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Backbones;

/// <summary>The tokenizer of a backbone for text.</summary>
public sealed record TokenizerCard
{
    /// <summary>The kind of tokenizer.</summary>
    public required TokenizerKind Kind { get; init; }

    /// <summary>Whether text becomes lower case, and loses its accents, before it is cut into word pieces. Default true.</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>The most tokens that the backbone reads at once, special ones counted. Default 512.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>The files of the vocabulary: one, or <c>vocab.json</c> and <c>merges.txt</c>.</summary>
    public required IReadOnlyList<CardFile> Files { get; init; }

    internal TokenizerOptions Options => new() { Kind = Kind, LowerCase = LowerCase };
}
