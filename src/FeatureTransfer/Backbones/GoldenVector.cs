namespace FeatureTransfer.Backbones;

/// <summary>What a backbone gave for an input when its card was written, to notice when it gives anything else.</summary>
public sealed record GoldenVector
{
    /// <summary>SHA-256 of the input's file: an image, a recording, or a text, in hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What the file was called, for people; null is not stated.</summary>
    public string? Name { get; init; }

    /// <summary>The first features of the default layers with the default pooling; one or more.</summary>
    public required IReadOnlyList<float> Features { get; init; }
}
