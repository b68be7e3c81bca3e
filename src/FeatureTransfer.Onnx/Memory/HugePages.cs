using System.Runtime.InteropServices;

namespace FeatureTransfer.Onnx.Memory;

/// <summary>Memory in pages of 2 MB instead of 4 KB, where Linux has them to give; elsewhere nothing changes.</summary>
internal static unsafe partial class HugePages
{
    /// <summary>The bytes of one.</summary>
    public const nuint Size = 1 << 21;

    private const int Asked = 14;
    private const int NotNeeded = 4;

    /// <summary>Asks for huge pages, for those that lie whole within the addresses.</summary>
    public static void Ask(void* start, nuint length) => Advise(start, length, Asked);

    /// <summary>Gives the pages that lie whole within the addresses back to the system. They can be used again, and then hold zeros.</summary>
    public static void GiveBack(void* start, nuint length) => Advise(start, length, NotNeeded);

    private static void Advise(void* start, nuint length, int advice)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var (first, last) = (((nuint)start + Size - 1) & ~(Size - 1), ((nuint)start + length) & ~(Size - 1));
        if (first < last)
            _ = Advise(first, last - first, advice);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
