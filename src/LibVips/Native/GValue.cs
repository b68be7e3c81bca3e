using System.Runtime.InteropServices;

namespace LibVips.Native;

/// <summary>GLib's box for a value of any type: its type and two words of payload.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    public nuint Type;
    public ulong Data0;
    public ulong Data1;
}
