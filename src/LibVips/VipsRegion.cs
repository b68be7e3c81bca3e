using LibVips.Native;

namespace LibVips;

/// <summary>
/// Computes rectangles of an image on the calling thread. Whole images go through libvips's thread pool, whose hand-overs cost
/// small images more than their pixels do. To be used and disposed on one thread.
/// </summary>
public sealed unsafe class VipsRegion : IDisposable
{
    private readonly GObjectHandle _handle;
    private readonly int _bands;

    /// <summary>Makes a region of an image; nothing is computed yet.</summary>
    /// <param name="image">The image; it may be disposed before the region.</param>
    /// <exception cref="VipsException">Memory does not suffice.</exception>
    public VipsRegion(VipsImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        _bands = image.Bands;
        _handle = new GObjectHandle(Native.Vips.NewRegion(image.Handle));
        if (_handle.IsInvalid)
            throw VipsLibrary.TakeError("region_new");
    }

    /// <summary>Computes a rectangle. An image that was opened for sequential reading gives its rows from top to bottom only.</summary>
    /// <param name="left">Its left edge.</param>
    /// <param name="top">Its top edge.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <exception cref="VipsException">The rectangle is not inside the image, or the file behind it is broken.</exception>
    public VipsPixels Fetch(int left, int top, int width, int height)
    {
        var memory = new GMemoryHandle(Native.Vips.FetchRegion(_handle, left, top, width, height, out var length));
        if (memory.IsInvalid)
            throw VipsLibrary.TakeError("region_fetch");
        return new VipsPixels(memory, checked((int)length), width, height, _bands);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
