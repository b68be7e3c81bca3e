using FeatureTransfer.Inputs.Images;
using LibVips;

namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>The decoded pixels of one image, (height, width, 3) bytes of sRGB, while operations change them.</summary>
internal sealed class PixelImage(byte[] buffer, ImageRecipe recipe)
{
    public int Width => recipe.Width;

    public int Height => recipe.Height;

    /// <summary>The colour where there is no image, one number a band.</summary>
    public double[] Background => ImageColour.Bands(recipe.Background);

    public Span<byte> Pixels => buffer.AsSpan(0, recipe.TensorLength);

    /// <summary>Sends the pixels through libvips, on the calling thread; other types than bytes are rounded and clipped.</summary>
    public void Change(Func<VipsImage, VipsImage> change)
    {
        using var source = VipsImage.FromPixels(Pixels, Width, Height, 3);
        using var changed = change(source);
        using var whole = changed.Format == VipsBandFormat.UChar ? null : changed.Round();
        using var bytes = whole?.Cast(VipsBandFormat.UChar);
        using var region = new VipsRegion(bytes ?? changed);
        using var result = region.Fetch(0, 0, Width, Height);
        result.Span.CopyTo(Pixels);
    }
}
