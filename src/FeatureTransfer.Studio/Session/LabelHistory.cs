namespace FeatureTransfer.Studio.Session;

/// <summary>Which actions can be undone and redone.</summary>
internal sealed class LabelHistory
{
    private readonly Stack<LabelChange> _done = new(), _undone = new();

    public bool CanUndo => _done.Count > 0;

    public bool CanRedo => _undone.Count > 0;

    /// <summary>Takes an entry up.</summary>
    /// <returns>What it does to rows; nothing where there is nothing to undo or redo.</returns>
    public IEnumerable<ChangedRow> Apply(JournalEntry entry)
    {
        switch (entry.Do)
        {
            case JournalEntry.Undo when _done.TryPop(out var last):
                _undone.Push(last);
                return last.Rows.Select(row => row with { Before = row.After, After = row.Before });
            case JournalEntry.Redo when _undone.TryPop(out var again):
                _done.Push(again);
                return again.Rows;
            case JournalEntry.Label when entry.Change is { } change:
                _done.Push(change);
                _undone.Clear();
                return change.Rows;

            // Nobody knows what the line did: what is undone behind it may be that, and never an action before it.
            case JournalEntry.Lost:
                _done.Clear();
                _undone.Clear();
                return [];
            default:
                return [];
        }
    }
}
