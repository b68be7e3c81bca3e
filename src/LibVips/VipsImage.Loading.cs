using System.Runtime.InteropServices;

namespace LibVips;

public sealed unsafe partial class VipsImage
{
    /// <summary>The operation that would load these bytes, or null where no loader of this libvips knows them.</summary>
    public static string? FindLoader(ReadOnlySpan<byte> encoded)
    {
        VipsLibrary.EnsureLoaded();
        nint name;
        fixed (byte* first = encoded)
            name = Native.Vips.FindLoader(first, (nuint)encoded.Length);
        if (name == 0)
            _ = VipsLibrary.TakeError("find_load");
        return Marshal.PtrToStringUTF8(name);
    }

    /// <summary>Opens an encoded image; only its header is read now.</summary>
    /// <param name="encoded">The file's bytes; they are copied.</param>
    /// <param name="loader">What <see cref="FindLoader"/> said, or null to ask it here.</param>
    /// <param name="sequential">Whether rows will be asked for from top to bottom only, which keeps memory flat.</param>
    /// <param name="failOn">What counts as an error.</param>
    /// <param name="shrink">The loader's own reduction, for JPEG 1, 2, 4 or 8; 1 asks for nothing.</param>
    /// <exception cref="VipsException">The bytes are no image that this libvips reads.</exception>
    public static VipsImage FromBuffer(
        ReadOnlySpan<byte> encoded, string? loader = null, bool sequential = false, VipsFailOn failOn = VipsFailOn.Truncated, int shrink = 1)
    {
        loader ??= FindLoader(encoded) ?? throw new VipsException("buffer is not in a known format");
        using var load = new VipsOperation(loader);
        return Open(load.Set("buffer", encoded), sequential, failOn, shrink);
    }

    /// <summary>As <see cref="FromBuffer"/>, without a copy of the bytes.</summary>
    /// <param name="encoded">The file's bytes. They have to stay pinned until this image, and all that was made of it, is disposed.</param>
    /// <param name="loader">What <see cref="FindLoader"/> said.</param>
    /// <param name="sequential">Whether rows will be asked for from top to bottom only, which keeps memory flat.</param>
    /// <param name="failOn">What counts as an error.</param>
    /// <param name="shrink">The loader's own reduction, for JPEG 1, 2, 4 or 8; 1 asks for nothing.</param>
    /// <exception cref="VipsException">The bytes are no image that this libvips reads.</exception>
    public static VipsImage FromPinned(
        ReadOnlySpan<byte> encoded, string loader, bool sequential = false, VipsFailOn failOn = VipsFailOn.Truncated, int shrink = 1)
    {
        using var load = new VipsOperation(loader);
        return Open(load.SetPinned("buffer", encoded), sequential, failOn, shrink);
    }

    private static VipsImage Open(VipsOperation load, bool sequential, VipsFailOn failOn, int shrink)
    {
        load.Set("fail_on", (int)failOn).Set("access", sequential ? 1 : 0);
        if (shrink > 1)
            load.Set("shrink", shrink);
        return load.Run();
    }

    /// <summary>Makes an image of bytes that are pixels already.</summary>
    /// <param name="pixels">(height, width, bands), of the given format; they are copied.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="bands">Values a pixel.</param>
    /// <param name="format">Type of one value.</param>
    /// <exception cref="VipsException">The length does not fit the sizes.</exception>
    public static VipsImage FromPixels(ReadOnlySpan<byte> pixels, int width, int height, int bands, VipsBandFormat format = VipsBandFormat.UChar)
    {
        VipsLibrary.EnsureLoaded();
        fixed (byte* first = pixels)
            return Take(Native.Vips.NewFromMemory(first, (nuint)pixels.Length, width, height, bands, (int)format), "new_from_memory");
    }

    /// <summary>
    /// A small version of an encoded image that fits into a square, upright, never enlarged; JPEG and WebP are reduced while they are decoded.
    /// </summary>
    /// <exception cref="VipsException">The bytes are no image that this libvips reads, or cut short.</exception>
    public static VipsImage Thumbnail(ReadOnlySpan<byte> encoded, int maxEdge)
    {
        using var thumbnail = new VipsOperation("thumbnail_buffer");
        const int DownOnly = 2;
        return thumbnail.Set("buffer", encoded).Set("width", maxEdge).Set("height", maxEdge).Set("size", DownOnly)
            .Set("fail_on", (int)VipsFailOn.Truncated).Run();
    }

    /// <summary>As <see cref="Thumbnail(ReadOnlySpan{byte}, int)"/>, of a file.</summary>
    /// <exception cref="VipsException">The file cannot be read, or is no image, or cut short.</exception>
    public static VipsImage ThumbnailFile(string path, int maxEdge)
    {
        using var thumbnail = new VipsOperation("thumbnail");
        const int DownOnly = 2;
        return thumbnail.Set("filename", path).Set("width", maxEdge).Set("height", maxEdge).Set("size", DownOnly)
            .Set("fail_on", (int)VipsFailOn.Truncated).Run();
    }

    /// <summary>A black image of one band, computed as it is read.</summary>
    public static VipsImage Black(int width, int height, int bands = 1)
    {
        using var black = new VipsOperation("black");
        return black.Set("width", width).Set("height", height).Set("bands", bands).Run();
    }
}
