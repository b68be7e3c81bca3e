namespace FeatureTransfer.Backbones;

/// <summary>What a backbone gave for an image when its card was written, to notice when it gives anything else.</summary>
public sealed record GoldenVector
{
    /// <summary>SHA-256 of the image's file, in hexadecimal.</summary>
    public required string ImageSha256 { get; init; }

    /// <summary>What the image's file was called, for people; null is not stated.</summary>
    public string? ImageName { get; init; }

    /// <summary>The first features of the default layers with the default pooling; one or more.</summary>
    public required IReadOnlyList<float> Features { get; init; }
}
