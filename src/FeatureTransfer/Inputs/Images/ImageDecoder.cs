using NetVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>
/// An encoded image to (height, width, 3) bytes of sRGB by a preprocessing's geometry. libvips decodes on the calling thread, row by row, and
/// rows are resized as they come, so memory does not grow with the image.
/// </summary>
internal static class ImageDecoder
{
    // 32,768 squared. Decoders that cannot stream (interlaced PNG) hold the whole image; beyond this they would hold gigabytes.
    private const long MaxPixels = 1L << 30;

    // A loader's own reduction is coarse; leaving at least twice the wanted size to the real kernel hides that.
    private const int ShrinkReserve = 2;

    /// <summary>Decodes into a buffer of the preprocessing's <see cref="ImagePreprocessing.TensorLength"/> bytes.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="preprocessing">How the image becomes a tensor.</param>
    /// <param name="pixels">Receives the pixels.</param>
    /// <param name="name">What to call the image in an error.</param>
    /// <param name="plan">The geometry for an upright image's size; null is the preprocessing's.</param>
    public static void Decode(ReadOnlyMemory<byte> encoded, ImagePreprocessing preprocessing, Span<byte> pixels, string? name, Func<int, int, ImagePlan>? plan = null)
    {
        var loader = ImageSniffer.FindLoader(encoded.Span, name);
        try
        {
            Decode(encoded.Span, loader, preprocessing, pixels, name, plan);
        }
        catch (VipsException e)
        {
            throw ImageSniffer.Broken(encoded.Span, name, e);
        }
    }

    private static void Decode(ReadOnlySpan<byte> encoded, string loader, ImagePreprocessing preprocessing, Span<byte> pixels, string? name, Func<int, int, ImagePlan>? plan)
    {
        using var source = Source.NewFromMemory(encoded);
        using var whole = Open(source);
        var orientation = ImageOrientation.Of(whole);
        var upright = Plan(whole, orientation, plan ?? ((width, height) => ImagePlan.Of(preprocessing, width, height)), name);
        var stored = ImageOrientation.ToStored(upright, orientation);
        var shrink = loader.Contains("Jpeg", StringComparison.Ordinal) ? Shrink(whole, stored) : 1;
        using var shrunk = shrink > 1 ? Open(source, new VOption { { "shrink", shrink } }) : null;
        var placed = new ImageCanvas(preprocessing, upright, orientation);
        if (placed.IsPlain)
            ImageStream.Resize(shrunk ?? whole, stored, preprocessing, pixels, comesAgain: plan is null);
        else
            placed.Fill(window => ImageStream.Resize(shrunk ?? whole, stored, preprocessing, window, comesAgain: plan is null), pixels);
    }

    private static Image Open(Source source, VOption? options = null) =>
        Image.NewFromSource(source, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated, kwargs: options);

    private static ImagePlan Plan(Image image, int orientation, Func<int, int, ImagePlan> plan, string? name)
    {
        var (width, height) = (image.Width, image.Height);
        var upright = ImageOrientation.SwapsAxes(orientation) ? plan(height, width) : plan(width, height);
        return (long)width * height <= MaxPixels && upright.IsPossible ? upright : throw ImageSniffer.TooLarge(name, width, height, MaxPixels);
    }

    private static int Shrink(Image image, ImagePlan stored) => Math.Min((double)image.Width / stored.ResizedWidth, (double)image.Height / stored.ResizedHeight) switch
    {
        >= 8 * ShrinkReserve => 8,
        >= 4 * ShrinkReserve => 4,
        >= 2 * ShrinkReserve => 2,
        _ => 1,
    };
}
