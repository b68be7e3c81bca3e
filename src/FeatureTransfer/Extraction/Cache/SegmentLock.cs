namespace FeatureTransfer.Extraction;

/// <summary>
/// Says who may append to a segment, by a file beside it that is held open for oneself alone: a process that dies, however it dies, lets go of
/// it. The file stays when it is let go of; only who removes the segment removes it.
/// </summary>
internal sealed class SegmentLock : IDisposable
{
    public const string Extension = ".lock";
    private readonly FileStream _file;

    private SegmentLock(FileStream file) => _file = file;

    public static string PathOf(string segment) => Path.ChangeExtension(segment, Extension);

    /// <summary>Takes the lock of a segment; null when another has it, or there is no folder any more.</summary>
    public static SegmentLock? TryTake(string segment)
    {
        try
        {
            return new SegmentLock(new FileStream(PathOf(segment), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
