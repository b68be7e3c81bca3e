using LibVips.Native;

namespace LibVips;

/// <summary>
/// An image in libvips: a lazy pipeline that yields pixels when they are asked for. Immutable; every method that changes it gives a new one.
/// </summary>
public sealed unsafe partial class VipsImage : IDisposable
{
    internal VipsImage(GObjectHandle handle) => Handle = handle;

    /// <summary>Width in pixels.</summary>
    public int Width => Native.Vips.GetWidth(Handle);

    /// <summary>Height in pixels.</summary>
    public int Height => Native.Vips.GetHeight(Handle);

    /// <summary>Values a pixel, alpha included.</summary>
    public int Bands => Native.Vips.GetBands(Handle);

    /// <summary>Type of one value.</summary>
    public VipsBandFormat Format => (VipsBandFormat)Native.Vips.GetFormat(Handle);

    /// <summary>What the bands mean.</summary>
    public VipsInterpretation Interpretation => (VipsInterpretation)Native.Vips.GetInterpretation(Handle);

    /// <summary>Whether the last band is alpha.</summary>
    public bool HasAlpha => Native.Vips.HasAlpha(Handle) != 0;

    /// <summary>The EXIF orientation, 1 (upright) to 8; 1 where the file says nothing.</summary>
    public int Orientation
    {
        get
        {
            const string Field = "orientation";
            if (Native.Vips.GetTypeOf(Handle, Field) == 0 || Native.Vips.GetInt(Handle, Field, out var value) != 0)
                return 1;
            return value is >= 1 and <= 8 ? value : 1;
        }
    }

    internal GObjectHandle Handle { get; }

    /// <summary>Computes the image and gives its pixels.</summary>
    /// <exception cref="VipsException">The file behind it is broken, or memory does not suffice.</exception>
    public VipsPixels WriteToMemory()
    {
        var memory = new GMemoryHandle(Native.Vips.WriteToMemory(Handle, out var length));
        if (memory.IsInvalid)
            throw VipsLibrary.TakeError("write_to_memory");
        return new VipsPixels(memory, checked((int)length), Width, Height, Bands);
    }

    /// <summary>Computes the image, so that later steps may read it in any order.</summary>
    /// <exception cref="VipsException">The file behind it is broken, or memory does not suffice.</exception>
    public VipsImage CopyToMemory() => Take(Native.Vips.CopyToMemory(Handle), "copy_memory");

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    private static VipsImage Take(nint image, string action) =>
        image == 0 ? throw VipsLibrary.TakeError(action) : new VipsImage(new GObjectHandle(image));
}
