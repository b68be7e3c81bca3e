using FeatureTransfer.Studio.Session;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>The studio's journal: whatever is in the file, it opens, what it has can be undone and done again, and the next action is read afterwards.</summary>
internal sealed class JournalTarget : IFuzzTarget
{
    private static readonly JournalEntry _added = new(JournalEntry.Label, new LabelChange("cat", [new ChangedRow("a.png", null, "cat")]), DateTimeOffset.UnixEpoch);

    public string Name => "journal";

    public void Read(byte[] input)
    {
        using var file = new InputFile("journal.jsonl", input);
        var entries = Open(file.Path, adds: true);
        var again = Open(file.Path, adds: false);
        if (again.Count != entries.Count + 1 || again[^1].Change?.Rows[0] != _added.Change!.Rows[0])
            throw new InvalidOperationException("The action that was added is not read.");
    }

    private static IReadOnlyList<JournalEntry> Open(string path, bool adds)
    {
        using var journal = Journal.Open(path);
        var history = new LabelHistory();
        foreach (var row in journal.Entries.SelectMany(history.Apply))
            ArgumentException.ThrowIfNullOrEmpty(row.Path);
        if (adds)
            journal.Add(_added);
        return journal.Entries;
    }
}
