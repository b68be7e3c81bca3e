namespace FeatureTransfer.Inputs.Text;

/// <summary>What has to be known of a tokenizer beside its vocabulary.</summary>
public sealed record TokenizerOptions
{
    /// <summary>The kind. Default <see cref="TokenizerKind.WordPiece"/>.</summary>
    public TokenizerKind Kind { get; init; }

    /// <summary>Whether text becomes lower case, and loses its accents, before it is cut; for <see cref="TokenizerKind.WordPiece"/> alone: a <c>tokenizer.json</c> says it itself. Default true.</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException"><see cref="Kind"/> is no kind.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Kind))
            throw new ArgumentException($"{nameof(TokenizerOptions)}: {nameof(Kind)} is {Kind:D}; expected {string.Join(", ", Enum.GetNames<TokenizerKind>())}.");
    }
}
