namespace FeatureTransfer;

/// <summary>Writes files that are never seen half-written under their final name.</summary>
public static class AtomicFile
{
    private static readonly TimeSpan _leftoverAge = TimeSpan.FromMinutes(1);

    /// <summary>Writes beside the final name, flushes to disk, then moves; a failure leaves the final name as it was. What a killed process left beside it is removed.</summary>
    /// <param name="path">The final name; its folder is made if it is missing.</param>
    /// <param name="write">Writes the content to a stream that can be read and sought in too.</param>
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
            RemoveLeftovers(final);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
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

    // What a process left that was killed while it wrote. A file that is being written is held, and one that waits to be moved is new.
    private static void RemoveLeftovers(string final)
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(final)!, $"{Path.GetFileName(final)}.*.tmp"))
        {
            try
            {
                if (File.GetLastWriteTimeUtc(file) > TimeProvider.System.GetUtcNow().UtcDateTime - _leftoverAge)
                    continue;
                File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It is in use, or gone already.
            }
        }
    }

    /// <summary>Writes text in UTF-8, see <see cref="Write"/>.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="text">The content.</param>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
