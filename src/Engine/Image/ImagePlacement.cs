using LibVips;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Where the whole source lands on the canvas; parts outside of it are cut off. Lengths truncate to whole pixels.</summary>
internal readonly record struct ImagePlacement(int Left, int Top, int Width, int Height)
{
    public static ImagePlacement Of(
        ImageResizingEstimator.ResizingKind kind, ImageResizingEstimator.Anchor anchor, int sourceWidth, int sourceHeight, int width, int height)
    {
        if (kind == ImageResizingEstimator.ResizingKind.Fill)
            return new(0, 0, width, height);
        var (across, down) = ((double)width / sourceWidth, (double)height / sourceHeight);
        double scale = kind == ImageResizingEstimator.ResizingKind.IsoPad ? Math.Min(across, down) : Math.Max(across, down);
        var (fitWidth, fitHeight) = (Length(sourceWidth * scale), Length(sourceHeight * scale));
        return new(
            (int)((width - fitWidth) * Share(anchor, ImageResizingEstimator.Anchor.Left, ImageResizingEstimator.Anchor.Right, kind)),
            (int)((height - fitHeight) * Share(anchor, ImageResizingEstimator.Anchor.Top, ImageResizingEstimator.Anchor.Bottom, kind)),
            fitWidth,
            fitHeight);
    }

    public MLImage Draw(MLImage source, int width, int height, bool nearest)
    {
        using var raw = VipsImage.FromPixels(source.Pixels, source.Width, source.Height, 4);
        using var exact = raw.Cast(VipsBandFormat.Float);
        using var resized = nearest ? raw.Resize(Width, Height, VipsKernel.Nearest) : exact.Resize(Width, Height, VipsKernel.Mitchell);
        using var window = resized.Extract(Math.Max(0, -Left), Math.Max(0, -Top), Math.Min(width, Width), Math.Min(height, Height));
        using var canvas = window.Embed(Math.Max(0, Left), Math.Max(0, Top), width, height, 0, 0, 0, 0);
        using var rounded = canvas.Round();
        using var bytes = rounded.Cast(VipsBandFormat.UChar);
        using var pixels = bytes.WriteToMemory();
        return new MLImage(width, height, source.PixelFormat, pixels.Span.ToArray());
    }

    // The allowance keeps an edge that should come out whole from losing a pixel to rounding.
    private static int Length(double exact) => Math.Max(1, (int)(exact + 1e-6));

    // How much of the free (or, when negative, overflowing) length lies before the image.
    private static double Share(
        ImageResizingEstimator.Anchor anchor, ImageResizingEstimator.Anchor first, ImageResizingEstimator.Anchor last, ImageResizingEstimator.ResizingKind kind)
    {
        if (kind == ImageResizingEstimator.ResizingKind.IsoPad)
            return 0.5;
        return anchor == first ? 0 : anchor == last ? 1 : 0.5;
    }
}
