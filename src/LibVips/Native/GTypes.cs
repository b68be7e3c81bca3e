namespace LibVips.Native;

/// <summary>GLib's fundamental types that we tell apart; their ids are fixed by its ABI.</summary>
internal static class GTypes
{
    public const nuint Enum = 12 << 2;
    public const nuint Flags = 13 << 2;
    public const nuint Double = 15 << 2;
}
