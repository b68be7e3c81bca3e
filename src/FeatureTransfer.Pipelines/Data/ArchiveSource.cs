using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Images in an archive, in class folders as <see cref="ImageFolderSource"/> has them. Nothing is unpacked to disk.</summary>
public abstract record ArchiveSource : DataSource
{
    /// <summary>The archive.</summary>
    public required string Path { get; init; }

    /// <summary>The folder in the archive that holds the class folders. Null is the innermost that holds all images. Default null.</summary>
    public string? Root { get; init; }

    /// <summary>The endings of members to take, without regard to case. Default, and empty: members that are images by their content.</summary>
    public ValueList<string> Extensions { get; init; } = [];

    internal override SourceRows Read(SourceContext context)
    {
        string file = PipelinePaths.Resolve(Path, context.BaseFolder);
        var members = new List<(long Position, string Name, long Length)>();
        var left = new LeftFiles();
        foreach (var member in ArchiveMember.Images(Members(file), Extensions, left))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            members.Add((member.Position, member.Name, member.Length));
        }

        foreach (var note in left.Notes(file))
            context.Note(note);
        string root = Root is null ? CommonFolder(members.ConvertAll(member => member.Name)) : Root.Trim('/') + "/";
        var rows = new List<SourceRow>();
        foreach (var (position, name, length) in members.Where(member => member.Name.StartsWith(root, StringComparison.Ordinal)))
        {
            string place = ArchiveMember.Place(file, name);
            if (name[root.Length..].Split('/') is [var label, _, ..])
                rows.Add(new SourceRow(place, label, null, []) { Position = position, Length = length });
            else
                context.Rejected.Reject(new RejectedRow(place, $"lies in no class folder; expected {root}LABEL/{name[root.Length..]}", "data"));
        }

        return rows.Count > 0
            ? new SourceRows(file, rows, []) { Content = new ArchiveContent(() => Members(file)) }
            : throw new FeatureTransferException($"{file}: {members.Count} images, none in a class folder below \"{root}\". Expected one folder a class, such as {root}cat/1.jpg, with {(Extensions.Count > 0 ? $"files that end in {string.Join(", ", Extensions)}" : ImageFiles.Expected)}.");
    }

    internal abstract IEnumerable<ArchiveMember> Members(string file);

    // "flowers/" of "flowers/rose/1.jpg" and "flowers/tulip/2.jpg".
    private static string CommonFolder(List<string> names)
    {
        if (names.Count == 0)
            return "";
        string shortest = names.MinBy(name => name, StringComparer.Ordinal)!, longest = names.MaxBy(name => name, StringComparer.Ordinal)!;
        int same = shortest.Zip(longest).TakeWhile(pair => pair.First == pair.Second).Count();
        return shortest[..(shortest.LastIndexOf('/', Math.Max(Math.Min(same, shortest.Length) - 1, 0)) + 1)];
    }
}

/// <summary>Images in a zip.</summary>
public sealed record ZipSource : ArchiveSource
{
    internal override IEnumerable<ArchiveMember> Members(string file) =>
        ArchiveFile.IsZip(file) ? ZipMembers.Read(file) : throw new FeatureTransferException($"{file}: is no zip; for a tar use the type tar.");
}

/// <summary>Images in a tar, plain or compressed by gzip.</summary>
public sealed record TarSource : ArchiveSource
{
    internal override IEnumerable<ArchiveMember> Members(string file) =>
        ArchiveFile.IsZip(file) ? throw new FeatureTransferException($"{file}: is a zip; use the type zip.") : TarMembers.Read(file);
}

/// <summary>The images of an archive's members.</summary>
internal sealed class ArchiveContent(Func<IEnumerable<ArchiveMember>> members) : RowContent
{
    public override IEnumerable<ReadOnlyMemory<byte>> Read(IReadOnlyList<SourceRow> rows, IRejectedRowSink rejected, CancellationToken cancellationToken)
    {
        var next = 0;
        foreach (var member in members())
        {
            if (next == rows.Count)
                yield break;
            if (member.Position != rows[next].Position)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            yield return Read(member, rejected);
            next++;
        }
    }

    private static ReadOnlyMemory<byte> Read(ArchiveMember member, IRejectedRowSink rejected)
    {
        try
        {
            return member.Read();
        }
        catch (BadInputException exception)
        {
            rejected.Reject(new RejectedRow(exception.Input, exception.Reason, "data"));
            return default;
        }
    }
}
