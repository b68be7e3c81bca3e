namespace FeatureTransfer.Studio.Session;

/// <summary>One action on labels.</summary>
/// <param name="Label">The label that was given; null where labels were taken away, or rows were given several.</param>
/// <param name="Rows">The rows.</param>
internal sealed record LabelChange(string? Label, IReadOnlyList<ChangedRow> Rows);

/// <summary>What an action did to one row.</summary>
/// <param name="Path">The row's path.</param>
/// <param name="Before">Its label before; null for none.</param>
/// <param name="After">Its label after; null for none.</param>
internal sealed record ChangedRow(string Path, string? Before, string? After);

/// <summary>A line of the journal: an action, or that the last one is undone or redone.</summary>
/// <param name="Do"><c>label</c>, <c>undo</c> or <c>redo</c>; <c>lost</c>, which is never written, where a damaged line was.</param>
/// <param name="Change">The action; null where the last one is undone or redone.</param>
/// <param name="At">When it was written down.</param>
internal sealed record JournalEntry(string Do, LabelChange? Change = null, DateTimeOffset At = default)
{
    public const string Label = "label", Undo = "undo", Redo = "redo", Lost = "lost";
}
