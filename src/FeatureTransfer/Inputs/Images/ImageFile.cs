using System.Numerics;

namespace FeatureTransfer.Inputs.Images;

/// <summary>Reads an image file's bytes, with the file system's refusals as rejects of that one row.</summary>
internal static class ImageFile
{
    // Half of what an array can hold, so that doubling stays possible.
    private const long MaxLength = 1L << 30;

    public static byte[] ReadAllBytes(string path) => Read(path, File.ReadAllBytes);

    /// <summary>Reads into memory that is used again, and grows where the file is larger.</summary>
    /// <returns>How many bytes were read.</returns>
    public static int ReadInto(string path, ref byte[] buffer)
    {
        var memory = buffer.Length > 0 ? buffer : new byte[1 << 16];
        var length = Read(path, name => ReadInto(name, memory, out memory));
        buffer = memory;
        return length;
    }

    private static int ReadInto(string path, byte[] buffer, out byte[] grown)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        grown = buffer;
        if (stream.CanSeek && stream.Length > MaxLength)
            throw new IOException($"it has {stream.Length} bytes, more than {MaxLength}");
        if (stream.CanSeek && stream.Length >= grown.Length)
            grown = new byte[BitOperations.RoundUpToPowerOf2((ulong)stream.Length + 1)];
        var length = 0;
        while (stream.Read(grown, length, grown.Length - length) is > 0 and var read)
        {
            length += read;
            if (length == grown.Length)
                Array.Resize(ref grown, length * 2);
        }

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
