using LibVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>An encoded image to (height, width, 3) bytes of sRGB by a recipe's geometry. Rows stream through, so memory does not grow with the image.</summary>
internal static class ImageDecoder
{
    // 32,768 squared. Decoders that cannot stream (interlaced PNG) hold the whole image; beyond this they would hold gigabytes.
    private const long MaxPixels = 1L << 30;

    // A loader's own reduction is coarse; leaving at least twice the wanted size to the real kernel hides that.
    private const int ShrinkReserve = 2;

    public static VipsPixels Decode(ReadOnlyMemory<byte> encoded, ImageRecipe recipe, string? name)
    {
        var loader = ImageSniffer.FindLoader(encoded.Span, name);
        try
        {
            return Decode(encoded.Span, loader, recipe, name);
        }
        catch (VipsException e)
        {
            throw ImageSniffer.Broken(encoded.Span, name, e);
        }
    }

    private static VipsPixels Decode(ReadOnlySpan<byte> encoded, string loader, ImageRecipe recipe, string? name)
    {
        var plan = Plan(encoded, loader, recipe, name);
        // Enlarging reads the source in any order, so there the (small) image is decoded whole.
        using var source = VipsImage.FromBuffer(encoded, loader, sequential: plan.Reduces, shrink: plan.Shrink);
        using var colour = ImageColour.ToRgb(source, recipe.Background);
        using var resized = ImageResizer.Resize(colour, plan.Stored.ResizedWidth, plan.Stored.ResizedHeight, recipe.Interpolation);
        using var window = resized.Extract(plan.Stored.Left, plan.Stored.Top, plan.Stored.Width, plan.Stored.Height);
        if (source.Orientation == 1 && plan.Upright.Width == recipe.Width && plan.Upright.Height == recipe.Height)
            return window.WriteToMemory();
        return Finish(window, plan.Upright, recipe);
    }

    private static VipsPixels Finish(VipsImage window, ImagePlan upright, ImageRecipe recipe)
    {
        using var still = window.CopyToMemory();
        using var turned = still.AutoRotate();
        using var canvas = turned.Embed(
            (recipe.Width - upright.Width) / 2, (recipe.Height - upright.Height) / 2, recipe.Width, recipe.Height, ImageColour.Bands(recipe.Background));
        return canvas.WriteToMemory();
    }

    private static DecodePlan Plan(ReadOnlySpan<byte> encoded, string loader, ImageRecipe recipe, string? name)
    {
        using var header = VipsImage.FromBuffer(encoded, loader, sequential: true);
        var (width, height, orientation) = (header.Width, header.Height, header.Orientation);
        var upright = ImageOrientation.SwapsAxes(orientation) ? ImagePlan.Of(recipe, height, width) : ImagePlan.Of(recipe, width, height);
        if ((long)width * height > MaxPixels || !upright.IsPossible)
            throw ImageSniffer.TooLarge(name, width, height, MaxPixels);
        var stored = ImageOrientation.ToStored(upright, orientation);
        var factor = Math.Min((double)width / stored.ResizedWidth, (double)height / stored.ResizedHeight);
        var shrink = loader.Contains("Jpeg", StringComparison.Ordinal) ? Shrink(factor) : 1;
        var reduces = stored.ResizedWidth <= width && stored.ResizedHeight <= height;
        return new DecodePlan(upright, stored, shrink, reduces);
    }

    private static int Shrink(double factor) => factor switch
    {
        >= 8 * ShrinkReserve => 8,
        >= 4 * ShrinkReserve => 4,
        >= 2 * ShrinkReserve => 2,
        _ => 1,
    };

    private readonly record struct DecodePlan(ImagePlan Upright, ImagePlan Stored, int Shrink, bool Reduces);
}
