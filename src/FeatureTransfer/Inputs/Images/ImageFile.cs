namespace FeatureTransfer.Inputs.Images;

/// <summary>Reads an image file's bytes, with the file system's refusals as rejects of that one row.</summary>
internal static class ImageFile
{
    public static byte[] ReadAllBytes(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return File.ReadAllBytes(path);
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
}
