using System.Runtime.InteropServices;

namespace LibVips.Native;

/// <summary>One reference to a GObject.</summary>
internal sealed class GObjectHandle : SafeHandle
{
    /// <summary>Takes over a reference.</summary>
    public GObjectHandle(nint instance)
        : base(0, ownsHandle: true) => SetHandle(instance);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        GObject.Unref(handle);
        return true;
    }
}
