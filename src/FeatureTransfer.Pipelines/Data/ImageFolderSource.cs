using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>A folder of class folders: each folder in it is a label, and the images below it are its rows, sorted by path.</summary>
public sealed record ImageFolderSource : DataSource
{
    /// <summary>The folder.</summary>
    public required string Path { get; init; }

    /// <summary>The endings of files to take, without regard to case. Files with others are left alone.</summary>
    public ValueList<string> Extensions { get; init; } = [.. ImageFiles.Endings];

    internal override SourceRows Read(SourceContext context)
    {
        string root = PipelinePaths.Resolve(Path, context.BaseFolder);
        if (!Directory.Exists(root))
            throw new FeatureTransferException($"{root}: there is no such folder. Expected a folder that holds one folder a class, each with its images.");
        var rows = new List<SourceRow>();
        foreach (string folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            string label = System.IO.Path.GetFileName(folder);
            if (label.StartsWith('.'))
                continue;
            rows.AddRange(Files(folder).Select(file => new SourceRow(file, label, null, [])));
        }

        return rows.Count > 0 ? new SourceRows(root, rows, []) : throw Empty(root);
    }

    private IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => Extensions.Contains(System.IO.Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal);

    private FeatureTransferException Empty(string root) => new(
        Files(root).Any()
            ? $"{root}: the images lie directly in this folder. Expected one folder a class, such as {System.IO.Path.Combine(root, "cat", "1.jpg")}; move them into class folders."
            : $"{root}: there are no images in the folders of this folder. Expected one folder a class with files that end in {string.Join(", ", Extensions)}.");
}
