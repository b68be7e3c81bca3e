using NetVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>Says what bytes are that are no readable image: the reasons in <see cref="BadInputException"/>.</summary>
internal static class ImageSniffer
{
    private static readonly (byte[] Magic, int Offset, string Format)[] KnownMagics =
    [
        ([0xFF, 0xD8, 0xFF], 0, "JPEG"), ([0x89, .. "PNG"u8], 0, "PNG"), ([.. "GIF8"u8], 0, "GIF"), ([.. "WEBP"u8], 8, "WebP"),
        ([.. "II*\0"u8], 0, "TIFF"), ([.. "MM\0*"u8], 0, "TIFF"), ([.. "BM"u8], 0, "BMP"), ([.. "ftyphei"u8], 4, "HEIC"),
        ([.. "ftypavi"u8], 4, "AVIF"), ([.. "ftypmif"u8], 4, "HEIF"), ([.. "%PDF"u8], 0, "PDF"), ([.. "<svg"u8], 0, "SVG"), ([.. "8BPS"u8], 0, "Photoshop"),
        ([.. "PK\u0003\u0004"u8], 0, "ZIP"), ([0, 0, 1, 0], 0, "Windows icon"), ([0xFF, 0x0A], 0, "JPEG XL"),
        ([0, 0, 0, 12, .. "JXL "u8], 0, "JPEG XL"), ([0, 0, 0, 12, .. "jP  "u8], 0, "JPEG 2000"),
    ];

    /// <summary>Whether bytes begin as an image of pixels does; some formats cannot be read, which the reason of the row then says.</summary>
    public static bool IsImage(ReadOnlySpan<byte> start) =>
        FormatOf(start) is "JPEG" or "PNG" or "GIF" or "WebP" or "TIFF" or "HEIC" or "HEIF" or "AVIF" or "JPEG XL" or "JPEG 2000";

    /// <summary>The loader for these bytes.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static string FindLoader(ReadOnlySpan<byte> encoded, string? name)
    {
        if (encoded.IsEmpty)
            throw Bad(name, "it is empty (0 bytes), expected an image");
        LibVips.EnsureLoaded();
        // An exception of NetVips takes libvips' pending text along, which would stand in the next image's reason otherwise.
        return Image.FindLoadBuffer(encoded) ?? throw Bad(name, Unknown(encoded), new VipsException("no loader knows the bytes"));
    }

    public static BadInputException Broken(ReadOnlySpan<byte> encoded, string? name, VipsException cause)
    {
        var format = FormatOf(encoded) ?? "image";
        if (format is "HEIC" or "HEIF")
            return Bad(name, Unknown(encoded), cause);
        return Bad(name, string.Create(
            CultureInfo.InvariantCulture, $"the {format} data ({encoded.Length} bytes) is damaged or cut short (libvips: {LibVips.ReasonOf(cause)})"), cause);
    }

    public static BadInputException TooLarge(string? name, int width, int height, long limit) => Bad(name, string.Create(
        CultureInfo.InvariantCulture, $"it is too large: {width} x {height} pixels, expected at most {limit} pixels and a ratio of edges that survives resizing"));

    public static BadInputException Bad(string? name, string reason, Exception? cause = null) => new(name ?? "(image in memory)", reason, cause);

    // A file that was named by mistake may hold anything: nothing of it goes into reports.
    private static string Unknown(ReadOnlySpan<byte> encoded)
    {
        var readable = $"libvips {LibVips.Version} reads {string.Join(", ", LibVips.LoadableFormats)} here: convert it to one of these";
        if (FormatOf(encoded) is { } format)
            return $"it is a {format} file (or the start of one) that cannot be read; {readable}";
        return LooksLikeText(encoded)
            ? $"it is not an image but text; {readable}"
            : $"it is not an image in a known format; {readable}";
    }

    private static string? FormatOf(ReadOnlySpan<byte> encoded)
    {
        foreach (var (magic, offset, format) in KnownMagics)
        {
            if (encoded.Length >= offset + magic.Length && encoded[offset..].StartsWith(magic))
                return format;
        }
        return null;
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> encoded) =>
        encoded[..Math.Min(512, encoded.Length)].IndexOfAnyInRange((byte)0, (byte)8) < 0;
}
