using LibVips;

namespace Engine.Tests.Vision;

/// <summary>Small encoded images made on the spot.</summary>
internal static class Pictures
{
    /// <summary>A PNG of one colour.</summary>
    public static byte[] Plain(byte red, byte green, byte blue, int width = 6, int height = 4) =>
        Png([.. Enumerable.Repeat(new[] { red, green, blue }, width * height).SelectMany(pixel => pixel)], width, height, 3);

    /// <summary>A PNG of these pixels, rows from the top.</summary>
    public static byte[] Png(byte[] pixels, int width, int height, int bands)
    {
        using var raw = VipsImage.FromPixels(pixels, width, height, bands);
        using var image = raw.Relabel(VipsInterpretation.Srgb);
        return image.ToPng();
    }

    /// <summary>A JPEG, of best quality, that is to be turned before it is shown.</summary>
    public static byte[] Turned(byte[] pixels, int width, int height, int orientation)
    {
        using var raw = VipsImage.FromPixels(pixels, width, height, 3);
        using var image = raw.Relabel(VipsInterpretation.Srgb, orientation);
        return image.ToJpeg(100, keepMetadata: true);
    }
}
