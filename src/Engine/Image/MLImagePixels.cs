namespace Microsoft.ML.Data;

/// <summary>Where the channels lie in the four bytes of a pixel, and simple conversions.</summary>
internal static class MLImagePixels
{
    public const int Alpha = 3;
    public const int Green = 1;

    public static int Red(MLPixelFormat format) => format == MLPixelFormat.Rgba32 ? 0 : 2;

    public static int Blue(MLPixelFormat format) => format == MLPixelFormat.Rgba32 ? 2 : 0;

    public static byte[] ToBgr(ReadOnlySpan<byte> pixels, MLPixelFormat format)
    {
        var bgr = new byte[pixels.Length / 4 * 3];
        var (red, blue) = (Red(format), Blue(format));
        for (int from = 0, to = 0; from < pixels.Length; from += 4, to += 3)
        {
            bgr[to] = pixels[from + blue];
            bgr[to + 1] = pixels[from + Green];
            bgr[to + 2] = pixels[from + red];
        }
        return bgr;
    }

    /// <summary>One to four decoded bands to premultiplied BGRA.</summary>
    public static byte[] FromBands(ReadOnlySpan<byte> source, int bands)
    {
        var pixels = new byte[source.Length / bands * 4];
        for (int from = 0, to = 0; to < pixels.Length; from += bands, to += 4)
        {
            byte alpha = bands is 2 or 4 ? source[from + bands - 1] : byte.MaxValue;
            var (red, green, blue) = bands < 3 ? (source[from], source[from], source[from]) : (source[from], source[from + 1], source[from + 2]);
            pixels[to] = Times(blue, alpha);
            pixels[to + 1] = Times(green, alpha);
            pixels[to + 2] = Times(red, alpha);
            pixels[to + 3] = alpha;
        }
        return pixels;
    }

    /// <summary>Any image to straight RGBA, as encoders take it.</summary>
    public static byte[] ToRgba(MLImage image)
    {
        var source = image.Pixels;
        var rgba = new byte[source.Length];
        var (red, blue) = (Red(image.PixelFormat), Blue(image.PixelFormat));
        for (int i = 0; i < source.Length; i += 4)
        {
            byte alpha = source[i + Alpha];
            rgba[i] = Over(source[i + red], alpha);
            rgba[i + 1] = Over(source[i + Green], alpha);
            rgba[i + 2] = Over(source[i + blue], alpha);
            rgba[i + 3] = alpha;
        }
        return rgba;
    }

    private static byte Times(byte colour, byte alpha) => (byte)(((colour * alpha) + 127) / 255);

    private static byte Over(byte colour, byte alpha) => alpha is 0 or byte.MaxValue ? colour : (byte)Math.Min(255, ((colour * 255) + (alpha / 2)) / alpha);
}
