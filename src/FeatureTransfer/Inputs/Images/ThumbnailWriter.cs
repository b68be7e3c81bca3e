using NetVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>Small pictures of input images, for reports.</summary>
public static class ThumbnailWriter
{
    /// <summary>Encodes an upright JPEG that fits into a square; a smaller image keeps its size. Alpha is composited on white.</summary>
    /// <param name="path">The image file.</param>
    /// <param name="maxEdge">The square's edge in pixels. Default 96.</param>
    /// <param name="quality">JPEG quality, 1 to 100. Default 80.</param>
    /// <returns>The bytes of a JPEG file.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The edge is below 1, or the quality not from 1 to 100.</exception>
    /// <exception cref="BadInputException">The file is missing, unreadable, or no image that can be read.</exception>
    public static byte[] Jpeg(string path, int maxEdge = 96, int quality = 80)
    {
        Check(maxEdge, quality);
        return Jpeg(ImageFile.ReadAllBytes(path), path, maxEdge, quality);
    }

    /// <summary>As <see cref="Jpeg(string, int, int)"/>, of an image that is no file.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="name">What to call the image in an error.</param>
    /// <param name="maxEdge">The square's edge in pixels. Default 96.</param>
    /// <param name="quality">JPEG quality, 1 to 100. Default 80.</param>
    /// <returns>The bytes of a JPEG file.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The edge is below 1, or the quality not from 1 to 100.</exception>
    /// <exception cref="BadInputException">The bytes are no image that can be read.</exception>
    public static byte[] Jpeg(ReadOnlyMemory<byte> encoded, string name, int maxEdge = 96, int quality = 80)
    {
        Check(maxEdge, quality);
        ImageSniffer.FindLoader(encoded.Span, name);
        try
        {
            using var source = Source.NewFromMemory(encoded.Span);
            using var small = Image.ThumbnailSource(source, maxEdge, height: maxEdge, size: Enums.Size.Down, failOn: Enums.FailOn.Truncated);
            using var colour = ImageColour.ToRgb(small, 0xFFFFFF);
            return colour.JpegsaveBuffer(q: quality, keep: Enums.ForeignKeep.None);
        }
        catch (VipsException e)
        {
            throw ImageSniffer.Broken(encoded.Span, name, e);
        }
    }

    private static void Check(int maxEdge, int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEdge, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
    }
}
