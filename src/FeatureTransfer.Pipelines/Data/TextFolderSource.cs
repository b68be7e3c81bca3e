using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>A folder of class folders with a text a file: the file's content is the column <c>Text</c> of the row.</summary>
public sealed record TextFolderSource : FolderSource
{
    /// <summary>The column with the text.</summary>
    public const string TextColumn = "Text";

    /// <summary>What the column is called: a bundle is judged by the name that it was trained with.</summary>
    internal string Column { get; init; } = TextColumn;

    private protected override FileKind Kind => FileKind.Texts;

    private protected override SourceRows Finish(SourceRows rows, SourceContext context)
    {
        var (read, others) = (new List<SourceRow>(), new List<string>());
        foreach (var row in rows.Rows)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            try
            {
                var found = TextEncodings.Find(row.Path!);
                others.AddRange(found.Note is { } note ? [note] : []);
                read.Add(row with { Texts = [TextEncodings.Text(row.Path!, found.Encoding)] });
            }
            catch (Exception exception) when (exception is FeatureTransferException or IOException or UnauthorizedAccessException)
            {
                context.Rejected.Reject(new RejectedRow(row.Path!, exception.Message, "data"));
            }
        }

        if (others.Count > 0)
            context.Note(string.Create(CultureInfo.InvariantCulture, $"{others.Count} files are not UTF-8; the first: {others[0]}"));
        return read.Count > 0
            ? rows with { Rows = read, TextNames = [Column] }
            : throw new FeatureTransferException($"{rows.Origin}: none of its {rows.Rows.Count} texts can be read.");
    }
}
