using Microsoft.Win32.SafeHandles;

namespace FeatureTransfer.Inputs.Sources;

/// <summary>Opens archives and tells zips from tars by their first bytes.</summary>
internal static class ArchiveFile
{
    private static readonly string[] _endings = [".zip", ".tar", ".tar.gz", ".tgz"];

    /// <summary>Whether a name ends as an archive does.</summary>
    public static bool IsArchive(string path) => _endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The members of a zip, a tar or a compressed tar.</summary>
    /// <exception cref="FeatureTransferException">The file is missing, damaged, or none of these.</exception>
    public static IEnumerable<ArchiveMember> Members(string path) => IsZip(path) ? ZipMembers.Read(path) : TarMembers.Read(path);

    /// <summary>Whether a file starts as zips do.</summary>
    public static bool IsZip(string path)
    {
        using var file = Open(path);
        Span<byte> start = stackalloc byte[4];
        return RandomAccess.Read(file, start, 0) == start.Length && start is [(byte)'P', (byte)'K', 3 or 5, 4 or 6];
    }

    /// <summary>Opens a file to read.</summary>
    /// <exception cref="FeatureTransferException">It is missing or cannot be read.</exception>
    public static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FeatureTransferException($"{path}: there is no such file; give the path of a zip or tar with images.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{path}: cannot be read ({exception.Message})", exception);
        }
    }
}
