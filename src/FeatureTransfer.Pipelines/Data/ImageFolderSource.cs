using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>A folder of class folders: each folder in it is a label, and the images below it are its rows, sorted by path.</summary>
public sealed record ImageFolderSource : DataSource
{
    /// <summary>The folder.</summary>
    public required string Path { get; init; }

    /// <summary>The endings of files to take, without regard to case. Default, and empty: files that are images by their content.</summary>
    public ValueList<string> Extensions { get; init; } = [];

    internal override SourceRows Read(SourceContext context)
    {
        string root = PipelinePaths.Resolve(Path, context.BaseFolder);
        if (!Directory.Exists(root))
            throw new FeatureTransferException($"{root}: there is no such folder. Expected a folder that holds one folder a class, each with its images.");
        var (rows, left) = (new List<SourceRow>(), new LeftFiles());
        foreach (string folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            string label = System.IO.Path.GetFileName(folder);
            if (label.StartsWith('.'))
                continue;
            var before = rows.Count;
            rows.AddRange(ImageFiles.Images(folder, Extensions, left).Select(file => new SourceRow(file, label, null, [])));
            if (rows.Count == before)
                left.Folder(folder, "has no images");
        }

        foreach (var note in left.Notes(root))
            context.Note(note);
        if (rows.Count == 0)
            throw Empty(root);
        foreach (var file in Directory.EnumerateFiles(root).Where(IsImage).Order(StringComparer.Ordinal))
            context.Rejected.Reject(new RejectedRow(file, $"lies in no class folder; expected {System.IO.Path.Combine(root, "LABEL", System.IO.Path.GetFileName(file))}", "data"));
        return new SourceRows(root, rows, []);
    }

    private bool IsImage(string file) => !ImageFiles.IsHidden(file) && ImageFiles.IsImage(file, Extensions) == true;

    private FeatureTransferException Empty(string root) => new(
        Directory.EnumerateFiles(root).Any(IsImage)
            ? $"{root}: the images lie directly in this folder. Expected one folder a class, such as {System.IO.Path.Combine(root, "cat", "1.jpg")}; move them into class folders."
            : $"{root}: there are no images in the folders of this folder. Expected one folder a class with {(Extensions.Count > 0 ? $"files that end in {string.Join(", ", Extensions)}" : ImageFiles.Expected)}.");
}
