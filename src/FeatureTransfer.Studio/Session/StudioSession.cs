using FeatureTransfer.Backbones;
using FeatureTransfer.Inputs;
using FeatureTransfer.Studio.Learning;
using FeatureTransfer.Studio.Rows;

namespace FeatureTransfer.Studio.Session;

/// <summary>
/// One folder with its labels and what was learned from them. All pages of the process share it: each is told when the state has changed. What was done to
/// labels is on disk before it is shown.
/// </summary>
internal sealed partial class StudioSession : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Journal _journal;
    private readonly LabelHistory _history = new();
    private readonly List<string> _classes = [];

    // Labels of files that are not in the folder now: they may come back.
    private readonly SortedDictionary<string, string> _gone = new(StringComparer.Ordinal);
    private readonly FeatureTransferServices _services;
    private readonly BackgroundWork _work;
    private FolderFeatures _features;
    private long _told;

    private StudioSession(StudioFolder folder, Journal journal, FolderFeatures features, FeatureTransferServices services)
    {
        (Folder, _journal, _features, _services) = (folder, journal, features, services);
        Thumbnails = new Thumbnails(folder);
        _work = new BackgroundWork(Tell, problem => Change(state => state with { Problem = problem }), services.Logger);
    }

    /// <summary>Is raised, on any thread, when <see cref="State"/> is a new one.</summary>
    public event Action? Changed;

    /// <summary>The folder.</summary>
    public StudioFolder Folder { get; }

    /// <summary>Small pictures of the rows.</summary>
    public Thumbnails Thumbnails { get; }

    /// <summary>What there is at this moment.</summary>
    public StudioState State { get; private set; } = new();

    /// <summary>Opens a folder with what was done in it before. Features are read by <see cref="ReadFeaturesAsync"/>.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="backbone">The backbone; null is the default for the folder's files.</param>
    /// <param name="services">Where backbones and features come from.</param>
    /// <exception cref="FeatureTransferException">The folder or the backbone cannot be used, or another studio has the folder.</exception>
    public static StudioSession Open(string path, string? backbone, FeatureTransferServices services)
    {
        var folder = new StudioFolder(path, backbone is null ? null : services.Catalog.Get(backbone).Modality);
        var name = backbone ?? folder.Modality switch { Modality.Text => DefaultBackbone.Text, Modality.Audio => DefaultBackbone.Audio, _ => DefaultBackbone.Images };
        name = File.Exists(name) ? Path.GetFullPath(name) : name;
        var session = new StudioSession(folder, Journal.Open(folder.OwnPath("journal.jsonl")), new FolderFeatures(services.Catalog.Get(name), name, services), services);
        try
        {
            session.Restore();
            return session;
        }
        catch
        {
            session._journal.Dispose();
            throw;
        }
    }

    /// <summary>Gives rows a label. A doubted label that is given once more is right, and doubted no longer.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="label">The label; null or blank takes labels away.</param>
    public void Label(IEnumerable<int> rows, string? label)
    {
        var name = Clean(label);
        Label(rows, _ => name, name);
    }

    /// <summary>Gives each row without a label the name of the folder that it lies in.</summary>
    public void LabelByFolder() => Label(Enumerable.Range(0, State.Rows.Count).Where(row => State.Labels[row] is null), row => Clean(State.Rows[row].Folder.Split('/')[^1]), null);

    /// <summary>Takes the last action on labels back.</summary>
    public void Undo() => Do(new JournalEntry(JournalEntry.Undo), "Undone");

    /// <summary>Does again what was taken back last.</summary>
    public void Redo() => Do(new JournalEntry(JournalEntry.Redo), "Done again");

    /// <summary>No longer shows what went wrong.</summary>
    public void Dismiss() => Change(state => state with { Problem = null });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _work.DisposeAsync().ConfigureAwait(false);
        _features.Dispose();
        _journal.Dispose();
    }

    private static string? Clean(string? label)
    {
        var name = string.Concat((label ?? "").Where(sign => !char.IsControl(sign))).Trim();
        return name.Length == 0 ? null : name[..Math.Min(name.Length, 60)];
    }

    private void Label(IEnumerable<int> rows, Func<int, string?> label, string? shared)
    {
        lock (_gate)
        {
            var given = rows.Distinct().ToLookup(row => State.Labels[row] == label(row));
            if (given[true].Any(row => State.Labels[row] is not null))
                Change(state => state with { Confirmed = given[true].Union(state.Confirmed).Except(given[false]).ToHashSet() });
            List<ChangedRow> changed = [.. given[false].Select(row => new ChangedRow(State.Rows[row].Path, State.Labels[row], label(row)))];
            if (changed.Count > 0)
                Do(new JournalEntry(JournalEntry.Label, new LabelChange(shared, changed)), string.Create(CultureInfo.InvariantCulture, $"{changed.Count} {(changed.Count == 1 ? "item" : "items")} {(shared is null ? "changed" : $"labelled {shared}")}"));
        }
    }

    private void Do(JournalEntry entry, string notice)
    {
        lock (_gate)
        {
            if ((entry.Do == JournalEntry.Undo && !State.CanUndo) || (entry.Do == JournalEntry.Redo && !State.CanRedo))
                return;
            if (!Succeeds(() => _journal.Add(entry with { At = _services.Clock.GetUtcNow() })))
                return;
            var places = State.Rows.Index().ToDictionary(row => row.Item.Path, row => row.Index, StringComparer.Ordinal);
            string?[] labels = [.. State.Labels];
            foreach (var row in _history.Apply(entry))
            {
                if (places.TryGetValue(row.Path, out var place))
                    labels[place] = row.After;
                Know(row.After);
            }

            Change(state => state with { Labels = labels, Classes = Used(labels), IsStale = state.Result is not null, Notice = notice, CanUndo = _history.CanUndo, CanRedo = _history.CanRedo });
            Succeeds(WriteLabels);
        }
    }

    // A full disk is no reason for the page to break.
    private bool Succeeds(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception exception) when (exception is FeatureTransferException or IOException or UnauthorizedAccessException)
        {
            Change(state => state with { Problem = exception.Message });
            return false;
        }
    }

    private void Know(string? label)
    {
        if (label is not null && !_classes.Contains(label))
            _classes.Add(label);
    }

    private string[] Used(IEnumerable<string?> labels)
    {
        var used = labels.OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. _classes.Where(used.Contains)];
    }

    private void WriteLabels()
    {
        var rows = State.Rows.Zip(State.Labels, (row, label) => (row.Path, Label: label)).Where(row => row.Label is not null).Select(row => (row.Path, row.Label!));
        var byPath = State.Rows.ToDictionary(row => row.Path, StringComparer.Ordinal);
        LabelFile.Write(
            Folder.Beside(LabelFile.Name),
            rows.Concat(_gone.Select(row => (row.Key, row.Value))),
            Folder.Modality == Modality.Text ? path => byPath.TryGetValue(path, out var row) && File.Exists(Folder.Beside(path)) ? Folder.Text(row) : "" : null);
    }

    // The table is what counts, so that labels may be mended by hand between two runs; only what the journal has and the table lacks is added.
    private void Restore()
    {
        var file = Folder.Beside(LabelFile.Name);
        var written = File.GetLastWriteTimeUtc(file);
        var labels = new Dictionary<string, string?>(StringComparer.Ordinal);
        List<ChangedRow> lacking = [];
        foreach (var entry in _journal.Entries)
        {
            List<ChangedRow> rows = [.. _history.Apply(entry)];
            foreach (var row in rows)
            {
                labels[row.Path] = row.After;
                Know(row.After);
            }

            if (entry.At.UtcDateTime > written)
                lacking.AddRange(rows);
        }

        if (File.Exists(file))
        {
            labels = LabelFile.Read(file).ToDictionary(row => row.Key, row => (string?)row.Value, StringComparer.Ordinal);
            foreach (var row in lacking)
                labels[row.Path] = row.After;
        }

        foreach (var label in labels.Values)
            Know(label);
        var found = Folder.List();
        var paths = found.Select(row => row.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, label) in labels.Where(row => row.Value is not null && !paths.Contains(row.Key)))
            _gone[path] = label!;
        string?[] known = [.. found.Select(row => labels.GetValueOrDefault(row.Path))];
        _vectors.AddRange(new float[]?[found.Count]);
        State = new StudioState { Rows = found, Labels = known, Classes = Used(known), Backbone = _features.Name, CanUndo = _history.CanUndo, CanRedo = _history.CanRedo, Problem = _journal.Problem };
        if (lacking.Count > 0)
            WriteLabels();
    }

    private void Change(Func<StudioState, StudioState> change)
    {
        lock (_gate)
            State = change(State);
        Changed?.Invoke();
    }

    // Progress comes a row at a time, and a page need not be drawn as often.
    private void Tell(WorkProgress? work)
    {
        var now = _services.Clock.GetTimestamp();
        if (work is { Done: > 0 } && State.Work is not null && _services.Clock.GetElapsedTime(_told, now) < TimeSpan.FromMilliseconds(200))
            return;
        _told = now;
        Change(state => state with { Work = work });
    }
}
