using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Makes a list of files of what was named: files, folders with the images below them, and tables with a column of paths.</summary>
internal static class InputFiles
{
    /// <summary>What commands say of their inputs.</summary>
    public const string Description = "Images, folders with images, or .csv files with a column 'path'";

    /// <summary>The files, in the order in which they were named; those of a folder sorted by path.</summary>
    /// <exception cref="FeatureTransferException">There are no files, or a table has no column of paths.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> inputs)
    {
        var named = inputs.ToList();
        var files = named.SelectMany(ExpandOne).ToList();
        return files.Count > 0
            ? files
            : throw new FeatureTransferException($"{string.Join(", ", named)}: there are no images. Expected {ImageFiles.Expected}, or folders that hold such files.");
    }

    private static IEnumerable<string> ExpandOne(string input)
    {
        if (Directory.Exists(input))
            return ImageFiles.Images(input, null, new LeftFiles());
        return Path.GetExtension(input).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? PathTable.Read(input, null, null, _ => { }).Select(image => image.Name) : [input];
    }
}
