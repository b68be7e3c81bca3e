using FeatureTransfer.Inputs.Images;
using NetVips;

namespace FeatureTransfer.Cascades;

/// <summary>Decodes and encodes the images between stages.</summary>
internal static class CascadeImages
{
    /// <summary>The image as upright sRGB in memory.</summary>
    /// <exception cref="BadInputException">The bytes are no image that can be read.</exception>
    public static Image Decode(byte[] encoded)
    {
        ImageSniffer.FindLoader(encoded, null);
        try
        {
            using var image = Image.NewFromBuffer(encoded, failOn: Enums.FailOn.Truncated);
            using var upright = image.Autorot();
            using var colour = ImageColour.ToRgb(upright, 0xFFFFFF);
            return colour.CopyMemory();
        }
        catch (VipsException exception)
        {
            throw ImageSniffer.Broken(encoded, null, exception);
        }
    }

    /// <summary>Width and height of the upright image; its pixels are not decoded.</summary>
    /// <exception cref="BadInputException">The bytes are no image that can be read.</exception>
    public static (int Width, int Height) SizeOf(byte[] encoded)
    {
        ImageSniffer.FindLoader(encoded, null);
        try
        {
            using var image = Image.NewFromBuffer(encoded);
            using var upright = image.Autorot();
            return (upright.Width, upright.Height);
        }
        catch (VipsException exception)
        {
            throw ImageSniffer.Broken(encoded, null, exception);
        }
    }

    /// <summary>The image as PNG, hardly pressed: it is read again at once.</summary>
    public static byte[] Encode(Image image) => image.PngsaveBuffer(compression: 1, keep: Enums.ForeignKeep.None);
}
