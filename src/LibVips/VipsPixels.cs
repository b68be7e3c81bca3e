using LibVips.Native;

namespace LibVips;

/// <summary>The pixels of an image in native memory: rows from the top, bands interleaved, (height, width, bands).</summary>
public sealed unsafe class VipsPixels : IDisposable
{
    private readonly GMemoryHandle _memory;
    private readonly int _length;

    internal VipsPixels(GMemoryHandle memory, int length, int width, int height, int bands) =>
        (_memory, _length, Width, Height, Bands) = (memory, length, width, height, bands);

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Values a pixel.</summary>
    public int Bands { get; }

    /// <summary>The bytes; not to be used after Dispose.</summary>
    public ReadOnlySpan<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory.IsClosed, this);
            return new ReadOnlySpan<byte>((void*)_memory.DangerousGetHandle(), _length);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
