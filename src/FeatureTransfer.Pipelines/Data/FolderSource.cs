using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>A folder of class folders: each folder in it is a label, and the files below it are its rows, sorted by path.</summary>
public abstract record FolderSource : DataSource
{
    /// <summary>The folder.</summary>
    public required string Path { get; init; }

    /// <summary>The endings of files to take, without regard to case. Default, and empty: files that are of the kind by their content.</summary>
    public ValueList<string> Extensions { get; init; } = [];

    /// <summary>The kind of files.</summary>
    private protected abstract FileKind Kind { get; }

    internal override SourceRows Read(SourceContext context)
    {
        string root = PipelinePaths.Resolve(Path, context.BaseFolder);
        if (!Directory.Exists(root))
            throw new FeatureTransferException($"{root}: there is no such folder. Expected a folder that holds one folder a class, each with its {Kind.Name}.");
        var (rows, left) = (new List<SourceRow>(), new LeftFiles(Kind.Name));
        foreach (string folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            string label = System.IO.Path.GetFileName(folder);
            if (label.StartsWith('.'))
                continue;
            var before = rows.Count;
            rows.AddRange(Kind.Files(folder, Extensions, left).Select(file => new SourceRow(file, label, null, [])));
            if (rows.Count == before)
                left.Folder(folder, $"has no {Kind.Name}");
        }

        foreach (var note in left.Notes(root))
            context.Note(note);
        if (rows.Count == 0)
            throw Empty(root);
        foreach (var file in Directory.EnumerateFiles(root).Where(IsWanted).Order(StringComparer.Ordinal))
            context.Rejected.Reject(new RejectedRow(file, $"lies in no class folder; expected {System.IO.Path.Combine(root, "LABEL", System.IO.Path.GetFileName(file))}", "data"));
        return Finish(new SourceRows(root, rows, []), context);
    }

    /// <summary>The rows with what is read from their files at once.</summary>
    private protected virtual SourceRows Finish(SourceRows rows, SourceContext context) => rows;

    private bool IsWanted(string file) => !ImageFiles.IsHidden(file) && Kind.Has(file, Extensions) == true;

    private FeatureTransferException Empty(string root) => new(
        Directory.EnumerateFiles(root).Any(IsWanted)
            ? $"{root}: the {Kind.Name} lie directly in this folder. Expected one folder a class, such as {System.IO.Path.Combine(root, "cat", "1" + Kind.Endings[0])}; move them into class folders."
            : $"{root}: there are no {Kind.Name} in the folders of this folder. Expected one folder a class with {(Extensions.Count > 0 ? $"files that end in {string.Join(", ", Extensions)}" : Kind.Expected)}.");
}
