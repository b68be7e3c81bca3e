using System.Buffers;
using System.Runtime.InteropServices;

namespace FeatureTransfer.Onnx;

/// <summary>Memory whose content may be known by its SHA-256, so that what lies in it need not be read to tell what it is.</summary>
internal abstract class KnownMemory : MemoryManager<byte>
{
    /// <summary>The SHA-256 of the content, in hexadecimal, where whoever made it knew it.</summary>
    public abstract string? Sha256 { get; }
}

/// <summary>An array whose content is known.</summary>
/// <param name="array">The array, which nobody changes.</param>
/// <param name="sha256">A SHA-256 in hexadecimal that only an array of this content has.</param>
internal sealed unsafe class KnownArray(byte[] array, string sha256) : KnownMemory
{
    public override string Sha256 => sha256;

    public override Span<byte> GetSpan() => array;

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        var pinned = GCHandle.Alloc(array, GCHandleType.Pinned);
        return new MemoryHandle((byte*)pinned.AddrOfPinnedObject() + elementIndex, pinned);
    }

    public override void Unpin()
    {
        // The handle of each pin unpins by itself.
    }

    protected override void Dispose(bool disposing)
    {
        // The array is the collector's.
    }
}
