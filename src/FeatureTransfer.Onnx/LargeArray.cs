using System.Runtime.InteropServices;

namespace FeatureTransfer;

/// <summary>
/// Arrays of many megabytes. The system is asked to back them with huge pages: else the first use of each 4 KB is a page fault, and in a
/// virtual machine all of these take longer than to fill the array.
/// </summary>
internal static unsafe partial class LargeArray
{
    private const nuint HugePage = 1 << 21;
    private const int Large = 2 * (int)HugePage;
    private const int HugePages = 14;

    /// <summary>An array whose content may be anything.</summary>
    /// <param name="length">How many elements.</param>
    public static T[] Allocate<T>(int length)
        where T : unmanaged
    {
        var array = GC.AllocateUninitializedArray<T>(length);
        if (OperatingSystem.IsLinux() && (nuint)length * (nuint)sizeof(T) >= Large)
        {
            fixed (T* start = array)
                Advise((nuint)start, (nuint)(start + length));
        }

        return array;
    }

    /// <summary>An array of zeros.</summary>
    /// <param name="length">How many elements.</param>
    public static T[] Zeros<T>(int length)
        where T : unmanaged
    {
        var array = Allocate<T>(length);
        array.AsSpan().Clear();
        return array;
    }

    /// <summary>A copy of values.</summary>
    /// <param name="values">The values.</param>
    public static T[] Copy<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var array = Allocate<T>(values.Length);
        values.CopyTo(array);
        return array;
    }

    /// <summary>As <see cref="File.ReadAllBytes"/>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be read, or has more than 2 GB.</exception>
    public static byte[] ReadFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length < Large || file.Length > Array.MaxLength)
            return File.ReadAllBytes(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var content = Allocate<byte>((int)file.Length);
        stream.ReadExactly(content);
        return content;
    }

    // Only whole huge pages within; where the system has none to give, nothing changes.
    private static void Advise(nuint start, nuint end)
    {
        var (first, last) = ((start + HugePage - 1) & ~(HugePage - 1), end & ~(HugePage - 1));
        _ = Advise(first, last - first, HugePages);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
