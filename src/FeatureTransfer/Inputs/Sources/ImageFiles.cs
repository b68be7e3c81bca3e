namespace FeatureTransfer.Inputs.Sources;

/// <summary>Finds the files of a folder tree without holding all of their names.</summary>
internal static class ImageFiles
{
    /// <summary>The endings of files that are taken for images.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff"];

    /// <summary>Whether a name ends as an image does, without regard to case. What macOS puts beside each file is none.</summary>
    public static bool IsImage(string name, IReadOnlyList<string>? endings = null) =>
        (endings ?? Endings).Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(name).StartsWith("._", StringComparison.Ordinal);

    /// <summary>All files below a folder in the order of their paths; the names of one folder are held at a time.</summary>
    public static IEnumerable<string> Walk(string folder)
    {
        // A folder sorts as its name and the separator do, so that the order is that of the full paths.
        var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .Select(entry => (entry.Name, IsFolder: (entry.Attributes & FileAttributes.Directory) != 0))
            .OrderBy(entry => entry.IsFolder ? entry.Name + "/" : entry.Name, StringComparer.Ordinal)
            .ToArray();
        foreach (var (name, isFolder) in entries)
        {
            var path = Path.Combine(folder, name);
            if (!isFolder)
            {
                yield return path;
                continue;
            }

            foreach (var file in Walk(path))
                yield return file;
        }
    }
}
