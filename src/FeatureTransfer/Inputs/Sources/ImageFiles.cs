namespace FeatureTransfer.Inputs.Sources;

/// <summary>Finds the files of a folder tree without holding all of their names.</summary>
internal static class ImageFiles
{
    /// <summary>The endings of files that are taken for images without a look at their content.</summary>
    public static IReadOnlyList<string> Endings => FileKind.Images.Endings;

    /// <summary>What messages say of the files that are taken.</summary>
    public static string Expected => FileKind.Images.Expected;

    /// <summary>Whether a file system or a browser of files put it there for itself, as macOS does beside each file.</summary>
    public static bool IsHidden(string name) => name.StartsWith("__MACOSX/", StringComparison.Ordinal) || Path.GetFileName(name) is ['.', '_', ..] or ".DS_Store" or "Thumbs.db" or "desktop.ini";

    /// <summary>Whether a name ends as an image does, without regard to case; null where the content has to tell, and no endings were given.</summary>
    public static bool? IsImage(string name, IReadOnlyList<string>? endings) => FileKind.Images.Has(name, endings);

    /// <summary>The images below a folder in the order of their paths: by their endings where these are known or given, else by their first bytes.</summary>
    public static IEnumerable<string> Images(string folder, IReadOnlyList<string>? endings, LeftFiles left) => FileKind.Images.Files(folder, endings, left);

    /// <summary>All files below a folder in the order of their paths; the names of one folder are held at a time.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="left">Receives the folders that are left out.</param>
    /// <param name="levels">How many levels of folders to go through. Default all.</param>
    public static IEnumerable<string> Walk(string folder, LeftFiles left, int levels = int.MaxValue) => Walk(folder, left, levels, [RealPath(new DirectoryInfo(folder))]);

    // The folders on the way down are known by their real paths, so that a link to one of them is not followed round and round.
    private static IEnumerable<string> Walk(string folder, LeftFiles left, int levels, IReadOnlyList<string> above)
    {
        foreach (var (name, isFolder) in Entries(folder, left))
        {
            var path = Path.Combine(folder, name);
            if (!isFolder)
            {
                yield return path;
                continue;
            }

            if (above.Count >= levels)
                continue;
            var info = new DirectoryInfo(path);
            var real = info.LinkTarget is null ? Path.Combine(above[^1], name) : RealPath(info);
            if (above.Contains(real))
            {
                left.Folder(path, "is a link to a folder that it lies in");
                continue;
            }

            foreach (var file in Walk(path, left, levels, [.. above, real]))
                yield return file;
        }
    }

    // A folder sorts as its name and the separator do, so that the order is that of the full paths.
    private static (string Name, bool IsFolder)[] Entries(string folder, LeftFiles left)
    {
        try
        {
            return
            [
                .. new DirectoryInfo(folder).EnumerateFileSystemInfos()
                    .Select(entry => (entry.Name, IsFolder: (entry.Attributes & FileAttributes.Directory) != 0))
                    .OrderBy(entry => entry.IsFolder ? entry.Name + "/" : entry.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            left.Folder(folder, $"cannot be read ({exception.Message.TrimEnd('.')})");
            return [];
        }
    }

    private static string RealPath(DirectoryInfo folder) => folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName;
}
