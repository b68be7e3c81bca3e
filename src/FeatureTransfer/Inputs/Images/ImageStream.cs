using NetVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>Pulls an image's rows through the resampler, a strip at a time.</summary>
internal static class ImageStream
{
    /// <summary>Resizes to the plan's window: (height, width, 3) bytes.</summary>
    public static void Resize(Image image, ImagePlan plan, ImagePreprocessing preprocessing, Span<byte> window, bool comesAgain = true)
    {
        // The weights of a random window would only drive out those that are used again.
        Func<Interpolation, int, int, int, int, ResampleAxis> axis = comesAgain ? ResampleAxisCache.Get : ResampleAxis.Of;
        var across = axis(preprocessing.Interpolation, image.Width, plan.ResizedWidth, plan.Left, plan.Width);
        var down = axis(preprocessing.Interpolation, image.Height, plan.ResizedHeight, plan.Top, plan.Height);
        using var colour = ImageColour.IsRgb(image) ? null : ImageColour.ToRgb(image, preprocessing.Background);
        using var region = Region.New(colour ?? image);
        using var resampler = new RowResampler(across, down);
        var width = across.End - across.Begin;
        var rows = PixelStrips.Rows(width * 3);
        for (var top = down.Begin / rows * rows; top < down.End; top += rows)
        {
            var height = Math.Min(rows, down.End - top);
            using var strip = RegionPixels.Fetch(region, across.Begin, top, width, height);
            for (var y = Math.Max(top, down.Begin); y < top + height; y++)
                resampler.Push(y, strip.Bytes.Slice((y - top) * width * 3, width * 3), window);
        }
    }
}
