using NetVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>What an encoded image says of itself before its pixels, for those who want to know what decoding it would cost.</summary>
internal static class ImageHeader
{
    /// <summary>Refuses an image with more pixels than allowed; nothing is decoded.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="most">The limit.</param>
    /// <param name="name">What to call the image in an error.</param>
    /// <exception cref="BadInputException">It is no image, or too large.</exception>
    public static void CheckPixels(ReadOnlySpan<byte> encoded, long most, string? name)
    {
        ImageSniffer.FindLoader(encoded, name);
        try
        {
            using var source = Source.NewFromMemory(encoded);
            using var image = Image.NewFromSource(source, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
            if ((long)image.Width * image.Height > most)
                throw ImageSniffer.TooLarge(name, image.Width, image.Height, most);
        }
        catch (VipsException e)
        {
            throw ImageSniffer.Broken(encoded, name, e);
        }
    }
}
