using LibVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>
/// An encoded image to (height, width, 3) bytes of sRGB by a recipe's geometry. libvips decodes on the calling thread, row by row, and
/// rows are resized as they come, so memory does not grow with the image.
/// </summary>
internal static class ImageDecoder
{
    // 32,768 squared. Decoders that cannot stream (interlaced PNG) hold the whole image; beyond this they would hold gigabytes.
    private const long MaxPixels = 1L << 30;

    // A loader's own reduction is coarse; leaving at least twice the wanted size to the real kernel hides that.
    private const int ShrinkReserve = 2;

    /// <summary>Decodes into a buffer of the recipe's <see cref="ImageRecipe.TensorLength"/> bytes.</summary>
    public static void Decode(ReadOnlyMemory<byte> encoded, ImageRecipe recipe, Span<byte> pixels, string? name)
    {
        var loader = ImageSniffer.FindLoader(encoded.Span, name);
        try
        {
            using var pin = encoded.Pin();
            Decode(encoded.Span, loader, recipe, pixels, name);
        }
        catch (VipsException e)
        {
            throw ImageSniffer.Broken(encoded.Span, name, e);
        }
    }

    private static void Decode(ReadOnlySpan<byte> encoded, string loader, ImageRecipe recipe, Span<byte> pixels, string? name)
    {
        using var whole = VipsImage.FromPinned(encoded, loader, sequential: true);
        var orientation = whole.Orientation;
        var upright = Plan(whole, orientation, recipe, name);
        var stored = ImageOrientation.ToStored(upright, orientation);
        var shrink = loader.Contains("Jpeg", StringComparison.Ordinal) ? Shrink(whole, stored) : 1;
        using var shrunk = shrink > 1 ? VipsImage.FromPinned(encoded, loader, sequential: true, shrink: shrink) : null;
        var placed = new ImageCanvas(recipe, upright, orientation);
        if (placed.IsPlain)
            ImageStream.Resize(shrunk ?? whole, stored, recipe, pixels);
        else
            placed.Fill(window => ImageStream.Resize(shrunk ?? whole, stored, recipe, window), pixels);
    }

    private static ImagePlan Plan(VipsImage image, int orientation, ImageRecipe recipe, string? name)
    {
        var (width, height) = (image.Width, image.Height);
        var upright = ImageOrientation.SwapsAxes(orientation) ? ImagePlan.Of(recipe, height, width) : ImagePlan.Of(recipe, width, height);
        return (long)width * height <= MaxPixels && upright.IsPossible ? upright : throw ImageSniffer.TooLarge(name, width, height, MaxPixels);
    }

    private static int Shrink(VipsImage image, ImagePlan stored) => Math.Min((double)image.Width / stored.ResizedWidth, (double)image.Height / stored.ResizedHeight) switch
    {
        >= 8 * ShrinkReserve => 8,
        >= 4 * ShrinkReserve => 4,
        >= 2 * ShrinkReserve => 2,
        _ => 1,
    };
}
