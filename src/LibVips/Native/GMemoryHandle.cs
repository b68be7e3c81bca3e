using System.Runtime.InteropServices;

namespace LibVips.Native;

/// <summary>Memory that GLib allocated for us.</summary>
internal sealed class GMemoryHandle : SafeHandle
{
    /// <summary>Takes over a block of memory.</summary>
    public GMemoryHandle(nint memory)
        : base(0, ownsHandle: true) => SetHandle(memory);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        GObject.Free(handle);
        return true;
    }
}
