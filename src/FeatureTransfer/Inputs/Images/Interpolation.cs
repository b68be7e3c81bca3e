namespace FeatureTransfer.Inputs.Images;

/// <summary>The kernel that weighs source pixels when an image is resized. It is widened when an image shrinks, so none of them aliases but <see cref="Nearest"/>.</summary>
public enum Interpolation
{
    /// <summary>The nearest source pixel, unweighted.</summary>
    Nearest,

    /// <summary>Triangle kernel.</summary>
    Bilinear,

    /// <summary>Catmull-Rom cubic kernel.</summary>
    Bicubic,

    /// <summary>Lanczos kernel with three lobes.</summary>
    Lanczos3,
}
