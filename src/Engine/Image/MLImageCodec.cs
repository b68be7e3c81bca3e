using LibVips;

namespace Microsoft.ML.Data;

/// <summary>Encoded images to <see cref="MLImage"/> and back. As in ML.NET, EXIF orientation is not applied.</summary>
internal static class MLImageCodec
{
    public static MLImage Decode(ReadOnlySpan<byte> encoded, string parameter, string? name = null)
    {
        try
        {
            using var image = VipsImage.FromBuffer(encoded, sequential: true);
            using var srgb = image.ToColourspace(VipsInterpretation.Srgb);
            using var bytes = srgb.Cast(VipsBandFormat.UChar);
            using var pixels = bytes.WriteToMemory();
            return new MLImage(pixels.Width, pixels.Height, MLPixelFormat.Bgra32, MLImagePixels.FromBands(pixels.Span, pixels.Bands));
        }
        catch (VipsException e)
        {
            throw new ArgumentException(
                $"{name ?? "The stream"} is no image that can be decoded ({e.Message}). libvips {VipsLibrary.Version} reads {string.Join(", ", VipsLibrary.LoadableFormats)}.",
                parameter,
                e);
        }
    }

    public static byte[] Encode(MLImage image, string extension)
    {
        using var raw = VipsImage.FromPixels(MLImagePixels.ToRgba(image), image.Width, image.Height, 4);
        using var rgba = raw.Relabel(VipsInterpretation.Srgb);
        switch (extension.ToUpperInvariant())
        {
            case ".JPG" or ".JPEG":
                using (var opaque = rgba.Flatten(0, 0, 0))
                    return opaque.ToJpeg(100);
            case ".PNG":
                return rgba.ToPng();
            case ".WEBP":
                using (var save = new VipsOperation("webpsave_buffer"))
                    return save.Set("in", rgba).Set("Q", 100).RunToBytes();
            default:
                throw new ArgumentException($"Images cannot be saved as '{extension}': expected .jpg, .jpeg, .png or .webp.", nameof(extension));
        }
    }
}
