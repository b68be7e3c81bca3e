using NetVips;

namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// Changes by a factor: 0 is none of a quality, 1 the image as it is, more is more of it. Each is a line between the image and one
/// without the quality, so results are clipped to bytes.
/// </summary>
internal static class ColourPixels
{
    // The luma of ITU-R BT.601, as in Pillow.
    private const double Red = 0.299, Green = 0.587, Blue = 0.114;

    // Smoothing, as Pillow does it.
    private const double Neighbour = 1 / 13.0, Middle = 5 / 13.0;

    /// <summary>From black.</summary>
    public static void Brighten(PixelImage image, double factor)
    {
        if (factor != 1)
            image.Change(pixels => pixels.Linear([factor], [0]));
    }

    /// <summary>From the mean grey of the image.</summary>
    public static void Contrast(PixelImage image, double factor)
    {
        if (factor == 1)
            return;
        var grey = MeanGrey(image.Pixels);
        image.Change(pixels => pixels.Linear([factor], [(1 - factor) * grey]));
    }

    /// <summary>From the grey of each pixel.</summary>
    public static void Saturate(PixelImage image, double factor)
    {
        if (factor == 1)
            return;
        var (red, green, blue) = ((1 - factor) * Red, (1 - factor) * Green, (1 - factor) * Blue);
        using var matrix = Image.NewFromArray([[red + factor, green, blue], [red, green + factor, blue], [red, green, blue + factor]]);
        image.Change(pixels => pixels.Recomb(matrix));
    }

    /// <summary>From the image smoothed over 3 x 3 pixels.</summary>
    public static void Sharpen(PixelImage image, double factor)
    {
        if (factor == 1)
            return;
        var (edge, middle) = ((1 - factor) * Neighbour, ((1 - factor) * Middle) + factor);
        using var kernel = Image.NewFromArray([[edge, edge, edge], [edge, middle, edge], [edge, edge, edge]]);
        image.Change(pixels => pixels.Conv(kernel, Enums.Precision.Float));
    }

    private static double MeanGrey(ReadOnlySpan<byte> pixels)
    {
        var (red, green, blue) = (0L, 0L, 0L);
        for (var i = 0; i < pixels.Length; i += 3)
        {
            red += pixels[i];
            green += pixels[i + 1];
            blue += pixels[i + 2];
        }

        return ((Red * red) + (Green * green) + (Blue * blue)) / (pixels.Length / 3);
    }
}
