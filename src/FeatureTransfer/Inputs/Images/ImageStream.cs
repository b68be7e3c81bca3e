using LibVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>Pulls an image's rows through the resampler, a strip at a time.</summary>
internal static class ImageStream
{
    // A strip stays in the core's own cache between decoding and resizing. Decoders work in blocks of 8 or 16 rows.
    private const int StripBytes = 1 << 18, BlockRows = 16;

    /// <summary>Resizes to the plan's window: (height, width, 3) bytes.</summary>
    public static void Resize(VipsImage image, ImagePlan plan, ImageRecipe recipe, Span<byte> window, bool comesAgain = true)
    {
        // The weights of a random window would only drive out those that are used again.
        Func<Interpolation, int, int, int, int, ResampleAxis> axis = comesAgain ? ResampleAxisCache.Get : ResampleAxis.Of;
        var across = axis(recipe.Interpolation, image.Width, plan.ResizedWidth, plan.Left, plan.Width);
        var down = axis(recipe.Interpolation, image.Height, plan.ResizedHeight, plan.Top, plan.Height);
        using var colour = ImageColour.IsRgb(image) ? null : ImageColour.ToRgb(image, recipe.Background);
        using var region = new VipsRegion(colour ?? image);
        using var resampler = new RowResampler(across, down);
        var width = across.End - across.Begin;
        var rows = Math.Max(BlockRows, StripBytes / (width * 3) / BlockRows * BlockRows);
        for (var top = down.Begin / BlockRows * BlockRows; top < down.End; top += rows)
        {
            var height = Math.Min(rows, down.End - top);
            using var strip = region.Fetch(across.Begin, top, width, height);
            for (var y = Math.Max(top, down.Begin); y < top + height; y++)
                resampler.Push(y, strip.Span.Slice((y - top) * width * 3, width * 3), window);
        }
    }
}
