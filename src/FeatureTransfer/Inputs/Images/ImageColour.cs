using NetVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>Any image to three bands of 8-bit sRGB: greyscale, CMYK, 16 bits, alpha.</summary>
internal static class ImageColour
{
    /// <summary>
    /// Converts. RGB profiles are not applied: the networks were trained on pixels as they are stored. Alpha is composited on the background.
    /// </summary>
    public static Image ToRgb(Image image, uint background)
    {
        using var srgb = image.Colourspace(Enums.Interpretation.Srgb);
        using var opaque = srgb.HasAlpha() ? srgb.Flatten(Bands(background)) : srgb.ExtractBand(0, Math.Min(3, srgb.Bands));
        return opaque.Cast(Enums.BandFormat.Uchar);
    }

    /// <summary>Whether there is nothing to convert.</summary>
    public static bool IsRgb(Image image) =>
        image.Bands == 3 && image.Format == Enums.BandFormat.Uchar && image.Interpretation == Enums.Interpretation.Srgb;

    /// <summary>0xRRGGBB as three numbers.</summary>
    public static double[] Bands(uint colour) => [(colour >> 16) & 0xFF, (colour >> 8) & 0xFF, colour & 0xFF];
}
