namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>What fills the corners that a turned or moved image leaves free.</summary>
public enum BorderFill
{
    /// <summary>The preprocessing's background colour.</summary>
    Background,

    /// <summary>The nearest pixel of the image's edge.</summary>
    Edge,
}
