namespace FeatureTransfer.Cli.Commands;

/// <summary>Makes a list of files of what was named: files, and folders with all that is below them.</summary>
internal static class InputFiles
{
    public static IReadOnlyList<string> Expand(IEnumerable<string> inputs)
    {
        var files = inputs.SelectMany(input => Directory.Exists(input)
            ? Directory.EnumerateFiles(input, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : Enumerable.Repeat(input, 1)).ToList();
        return files.Count > 0 ? files : throw new FeatureTransferException($"{string.Join(", ", inputs)}: there are no files. Expected images, or folders with images.");
    }
}
