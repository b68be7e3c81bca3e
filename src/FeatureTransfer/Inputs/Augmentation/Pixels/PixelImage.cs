using FeatureTransfer.Inputs.Images;
using NetVips;

namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>The decoded pixels of one image, (height, width, 3) bytes of sRGB, while operations change them.</summary>
internal sealed class PixelImage(byte[] buffer, ImagePreprocessing preprocessing)
{
    public int Width => preprocessing.Width;

    public int Height => preprocessing.Height;

    /// <summary>The colour where there is no image, one number a band.</summary>
    public double[] Background => ImageColour.Bands(preprocessing.Background);

    public Span<byte> Pixels => buffer.AsSpan(0, preprocessing.TensorLength);

    /// <summary>Sends the pixels through libvips, on the calling thread; other types than bytes are rounded and clipped.</summary>
    public void Change(Func<Image, Image> change)
    {
        using var source = Image.NewFromMemoryCopy<byte>(Pixels, Width, Height, 3, Enums.BandFormat.Uchar);
        using var changed = change(source);
        using var whole = changed.Format == Enums.BandFormat.Uchar ? null : changed.Rint();
        using var bytes = whole?.Cast(Enums.BandFormat.Uchar);
        using var region = Region.New(bytes ?? changed);
        var rows = PixelStrips.Rows(Width * 3);
        for (var top = 0; top < Height; top += rows)
        {
            using var strip = RegionPixels.Fetch(region, 0, top, Width, Math.Min(rows, Height - top));
            strip.Bytes.CopyTo(Pixels[(top * Width * 3)..]);
        }
    }
}
