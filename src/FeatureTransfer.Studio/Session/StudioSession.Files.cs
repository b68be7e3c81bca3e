using System.Collections.Concurrent;
using FeatureTransfer.Studio.Rows;

namespace FeatureTransfer.Studio.Session;

internal sealed partial class StudioSession
{
    private const int KeptTrials = 8;
    private readonly ConcurrentDictionary<string, Trial> _trials = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _trialOrder = new();

    /// <summary>Takes a file into the folder as a row. Its features are read by <see cref="ReadFeaturesAsync"/>.</summary>
    /// <param name="name">What it was called.</param>
    /// <param name="content">Its bytes.</param>
    /// <returns>The row's number.</returns>
    /// <exception cref="BadInputException">It is no file of this kind.</exception>
    public int Add(string name, ReadOnlyMemory<byte> content) => Join(Folder.Add(name, content.Span), null);

    /// <summary>Asks the model about a file, which stays out of the folder.</summary>
    /// <param name="name">What it was called.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>What to call the trial by.</returns>
    /// <exception cref="BadInputException">It cannot be read.</exception>
    public async Task<string> TryAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var trial = await Task.Run(
            () =>
            {
                var features = _features.Of(content, cancellationToken);
                var result = State.Result;
                return new Trial(name, content, features)
                {
                    Answers = result is null ? [] : [.. result.Classes.Zip(result.Head.Answer([features])[0]).OrderByDescending(answer => answer.Second)],
                };
            },
            cancellationToken).ConfigureAwait(false);
        var id = Guid.NewGuid().ToString("N");
        _trials[id] = trial;
        _trialOrder.Enqueue(id);
        while (_trialOrder.Count > KeptTrials && _trialOrder.TryDequeue(out var oldest))
            _trials.TryRemove(oldest, out _);
        return id;
    }

    /// <summary>A file that was tried of late; null where it is kept no more.</summary>
    public Trial? TrialOf(string id) => _trials.GetValueOrDefault(id);

    /// <summary>Puts a file that was tried among the rows, with the label that is right.</summary>
    /// <param name="id">The trial.</param>
    /// <param name="label">The label.</param>
    /// <returns>The row's number; null where the trial is kept no more, or cannot be written.</returns>
    public int? Keep(string id, string label)
    {
        FolderRow? added = null;
        if (!_trials.TryRemove(id, out var trial) || !Succeeds(() => added = Folder.Add(trial.Name, trial.Content.Span)))
            return null;
        var row = Join(added!, trial.Features);
        Label([row], label);
        return row;
    }

    private int Join(FolderRow row, float[]? features)
    {
        lock (_gate)
        {
            var place = State.Rows.Count;
            _vectors.Add(features);
            _gone.Remove(row.Path);
            Change(state => state with { Rows = [.. state.Rows, row], Labels = [.. state.Labels, null], Notice = $"{row.Name} added" });
            return place;
        }
    }
}
