namespace FeatureTransfer;

/// <summary>Writes files that are never seen half-written under their final name.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside the final name, flushes to disk, then moves; a failure leaves the final name as it was.</summary>
    /// <param name="path">The final name; its folder is made if it is missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="FeatureTransferException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var final = Path.GetFullPath(path);
        var temporary = $"{final}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(final)!);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, final, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{final}: cannot be written ({exception.Message}) Check that the folder may be written to and that the disk has room.", exception);
        }
        finally
        {
            // Where the folder could not be made, there is nothing to delete.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>Writes text in UTF-8, see <see cref="Write"/>.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="text">The content.</param>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
