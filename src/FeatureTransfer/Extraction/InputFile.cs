namespace FeatureTransfer.Extraction;

/// <summary>Reads input files.</summary>
internal static class InputFile
{
    /// <summary>The bytes of a file.</summary>
    /// <exception cref="BadInputException">The file is missing or cannot be read.</exception>
    public static ReadOnlyMemory<byte> Read(string path)
    {
        if (path.Length == 0)
            throw new BadInputException("(empty path)", "the row has no path.");
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(path, exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file." : $"cannot be read ({exception.Message})", exception);
        }
    }
}
