namespace FeatureTransfer.Backbones;

/// <summary>Lets one process at a time do something, by holding a file open; the file goes with the lock, a crash included.</summary>
internal static class FileLock
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until nobody else holds the file.</summary>
    /// <exception cref="FeatureTransferException">The folder cannot be written to.</exception>
    public static async Task<IAsyncDisposable> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; await Task.Delay(_pause, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (File.Exists(path) || ++failures < 5)
            {
                // Another process holds it, or let go of it just now: try again.
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new FeatureTransferException($"{Path.GetDirectoryName(path)}: backbones cannot be stored here ({exception.Message}) Set FT_HOME to a folder that may be written to.", exception);
            }
        }
    }
}
