using System.Numerics;

namespace FeatureTransfer.Inputs.Images;

/// <summary>Reads an image file's bytes, with the file system's refusals as rejects of that one row.</summary>
internal static class ImageFile
{
    // The largest power of two that an array can hold.
    private const long MaxLength = 1L << 30;

    public static byte[] ReadAllBytes(string path) => Read(path, File.ReadAllBytes);

    /// <summary>Reads into memory that is used again, and grows where the file is larger.</summary>
    /// <returns>How many bytes were read.</returns>
    public static int ReadInto(string path, ref byte[] buffer)
    {
        var memory = buffer;
        var length = Read(path, name => Fill(name, ref memory));
        buffer = memory;
        return length;
    }

    private static int Fill(string path, ref byte[] buffer)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var length = stream.Length <= MaxLength ? (int)stream.Length : throw new IOException($"it has {stream.Length} bytes, more than {MaxLength}");
        if (length > buffer.Length)
            buffer = new byte[BitOperations.RoundUpToPowerOf2((uint)length)];
        stream.ReadExactly(buffer, 0, length);
        return length;
    }

    private static T Read<T>(string path, Func<string, T> read)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            // Opening a pipe would wait for whoever writes to it, and a device may never end.
            return IsEmpty(path) ? throw ImageSniffer.Bad(path, "it is empty (0 bytes), or a pipe or a device; expected the file of an image") : read(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ImageSniffer.Bad(path, "there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw ImageSniffer.Bad(path, $"the file cannot be read: {e.Message}", e);
        }
    }

    private static bool IsEmpty(string path)
    {
        var file = new FileInfo(path);
        return (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)) is FileInfo { Exists: true, Length: 0 };
    }
}
