namespace FeatureTransfer.Serving;

/// <summary>What tells a file from the one that was in its place before.</summary>
/// <param name="Written">When it was last written.</param>
/// <param name="Length">Its length; -1 where there is none.</param>
internal readonly record struct FileStamp(DateTime Written, long Length)
{
    /// <summary>The stamp of a file.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return new FileStamp(file.LastWriteTimeUtc, file.Exists ? file.Length : -1);
    }
}
