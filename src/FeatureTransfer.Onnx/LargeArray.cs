using FeatureTransfer.Onnx.Memory;

namespace FeatureTransfer;

/// <summary>
/// Arrays of many megabytes. The system is asked to back them with huge pages: else the first use of each 4 KB is a page fault, and in a
/// virtual machine all of these take longer than to fill the array.
/// </summary>
internal static unsafe class LargeArray
{
    private const int Large = 2 * (int)HugePages.Size;

    /// <summary>An array whose content may be anything.</summary>
    /// <param name="length">How many elements.</param>
    public static T[] Allocate<T>(int length)
        where T : unmanaged
    {
        var array = GC.AllocateUninitializedArray<T>(length);
        var bytes = (nuint)length * (nuint)sizeof(T);
        if (bytes >= Large)
        {
            fixed (T* start = array)
                HugePages.Ask(start, bytes);
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
}
