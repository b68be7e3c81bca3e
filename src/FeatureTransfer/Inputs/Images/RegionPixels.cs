using System.Runtime.InteropServices;
using NetVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>
/// Pixels that libvips computed, in its own memory. NetVips would give them as a new array each time: with many threads decoding, garbage collections
/// would then stop all of them many times a second.
/// </summary>
internal readonly unsafe ref struct RegionPixels : IDisposable
{
    private static readonly delegate* unmanaged<nint, int, int, int, int, nuint*, void*> _fetch =
        (delegate* unmanaged<nint, int, int, int, int, nuint*, void*>)NativeLibrary.GetExport(NativeLibrary.Load(Library, typeof(Region).Assembly, null), "vips_region_fetch");

    private readonly void* _pixels;
    private readonly int _length;

    private RegionPixels(void* pixels, int length)
    {
        _pixels = pixels;
        _length = length;
    }

    /// <summary>Row by row, the bands of a pixel side by side.</summary>
    public ReadOnlySpan<byte> Bytes => new(_pixels, _length);

    private static string Library => OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42";

    /// <summary>Computes an area of an image on the calling thread; the image is of one byte a band.</summary>
    /// <exception cref="VipsException">It cannot be computed; the message has libvips' words.</exception>
    public static RegionPixels Fetch(Region region, int left, int top, int width, int height)
    {
        nuint length;
        var pixels = _fetch(region.DangerousGetHandle(), left, top, width, height, &length);
        GC.KeepAlive(region);
        return pixels is null ? throw new VipsException("unable to fetch from region") : new RegionPixels(pixels, checked((int)length));
    }

    public void Dispose() => NetVips.NetVips.Free((nint)_pixels);
}
