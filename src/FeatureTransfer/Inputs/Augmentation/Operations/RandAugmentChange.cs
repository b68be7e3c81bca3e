namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>The changes that <see cref="RandAugment"/> chooses from. Those that have a strength are nothing at magnitude 0.</summary>
public enum RandAugmentChange
{
    /// <summary>Nothing.</summary>
    Identity,

    /// <summary>Each channel is stretched to the full range; has no strength.</summary>
    AutoContrast,

    /// <summary>Each channel's histogram is made flat; has no strength.</summary>
    Equalize,

    /// <summary>Turns by up to 30 degrees to either side.</summary>
    Rotate,

    /// <summary>Inverts levels from a threshold on, which falls from 256 to 0.</summary>
    Solarize,

    /// <summary>Saturation by a factor of up to 0.9 above or below 1.</summary>
    Color,

    /// <summary>Keeps the upper 8 to 4 bits of each level.</summary>
    Posterize,

    /// <summary>Contrast by a factor of up to 0.9 above or below 1.</summary>
    Contrast,

    /// <summary>Brightness by a factor of up to 0.9 above or below 1.</summary>
    Brightness,

    /// <summary>Sharpness by a factor of up to 0.9 above or below 1.</summary>
    Sharpness,

    /// <summary>Shifts rows against each other by up to 0.3 of their distance.</summary>
    ShearX,

    /// <summary>Shifts columns against each other by up to 0.3 of their distance.</summary>
    ShearY,

    /// <summary>Moves sideways by up to 0.45 of the width.</summary>
    TranslateX,

    /// <summary>Moves up or down by up to 0.45 of the height.</summary>
    TranslateY,
}
