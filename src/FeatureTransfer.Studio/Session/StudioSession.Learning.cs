using FeatureTransfer.Studio.Exporting;
using FeatureTransfer.Studio.Learning;

namespace FeatureTransfer.Studio.Session;

internal sealed partial class StudioSession
{
    private const int NextCount = 24, FirstMap = 200;
    private readonly List<float[]?> _vectors = [];

    /// <summary>The backbones that are on this machine and read such files.</summary>
    public IReadOnlyList<string> Backbones => [.. _services.Catalog.Cards.Where(card => card.Modality == Folder.Modality && _services.Backbones.IsLocal(card)).Select(card => card.Id).Append(State.Backbone).Distinct()];

    /// <summary>Reads the features of rows that have none yet, and lays the map.</summary>
    public Task ReadFeaturesAsync() => _work.RunAsync("reading features", cancellationToken =>
    {
        int[] open = [.. Enumerable.Range(0, State.Rows.Count).Where(row => _vectors[row] is null && !State.Unreadable.ContainsKey(row))];
        int[] fresh = [.. Enumerable.Range(0, State.Rows.Count).Where(row => !State.Facts.Points.ContainsKey(row) && !State.Unreadable.ContainsKey(row))];
        if (fresh.Length == 0)
            return;
        var (done, shown) = (0, FirstMap);
        Read(_features, open, cancellationToken, (row, features) =>
        {
            lock (_gate)
                _vectors[row] = features;
            Tell(new WorkProgress("reading features", ++done, open.Length));
            if (done < shown)
                return;
            shown *= 2;
            Show(State.Facts.WithMap(Vectors()));
        });
        Show(State.Facts.WithMap(Vectors()));
        Show(State.Facts.WithDuplicates(Vectors(), fresh, cancellationToken));
        Suggest();
    });

    /// <summary>Trains on the labelled rows.</summary>
    public Task TrainAsync() => _work.RunAsync("training", cancellationToken =>
    {
        var labels = State.Labels;
        var result = HeadTraining.Train(Vectors(), labels, HeadSteps.Of(Folder.Modality), _services with { Cancellation = cancellationToken, Progress = new Told(this) });
        Change(state => state with { Result = result, IsStale = !state.Labels.Take(labels.Count).SequenceEqual(labels), Notice = string.Create(CultureInfo.InvariantCulture, $"Trained: right about {result.Accuracy:0%} of {result.Judged.Count()} labelled items that it had not seen") });
        Suggest();
    });

    /// <summary>Chooses what to label next.</summary>
    public void Suggest()
    {
        var next = NextRows.Choose(Vectors(), State.Labels, State.Result, NextCount);
        Change(state => state with { Next = next });
    }

    /// <summary>Cross-validates a backbone, and the one in use, on the labelled rows.</summary>
    /// <param name="backbone">The other backbone's id.</param>
    public Task CompareAsync(string backbone) => _work.RunAsync($"comparing with {backbone}", cancellationToken =>
    {
        foreach (var name in new[] { State.Backbone, backbone }.Distinct())
        {
            using var other = new FolderFeatures(_services.Catalog.Get(name), name, _services);
            var vectors = new float[]?[State.Rows.Count];
            Read(other, [.. Enumerable.Range(0, vectors.Length).Where(row => State.Labels[row] is not null)], cancellationToken, (row, features) => vectors[row] = features);
            var result = HeadTraining.Train(vectors, State.Labels, HeadSteps.Of(Folder.Modality), _services with { Cancellation = cancellationToken });
            Change(state => state with { Compared = [.. state.Compared.Where(known => known.Backbone != name), new Comparison(name, result.Accuracy ?? 0, result.Judged.Count())] });
        }
    });

    /// <summary>Goes on with another backbone: its features are read, and nothing is trained yet.</summary>
    public Task UseBackboneAsync(string backbone)
    {
        lock (_gate)
        {
            var before = _features;
            _features = new FolderFeatures(_services.Catalog.Get(backbone), backbone, _services);
            before.Dispose();
            for (var row = 0; row < _vectors.Count; row++)
                _vectors[row] = null;
        }

        Change(state => state with { Backbone = backbone, Result = null, Facts = FeatureFacts.None, Next = [] });
        return ReadFeaturesAsync();
    }

    /// <summary>Writes the pipeline beside the data and runs it: the model and the report are its outputs.</summary>
    public Task ExportAsync() => _work.RunAsync("exporting", cancellationToken =>
    {
        var result = StudioPipeline.Run(Folder.Root, StudioPipeline.Of(Folder.Name, Folder.Modality, _features.Name, _features.Layers, HeadSteps.Of(Folder.Modality), [.. State.Labels.OfType<string>()]), _services with { Cancellation = cancellationToken, Progress = new Told(this) });
        Change(state => state with { Exported = result, Notice = "Exported" });
    });

    private float[]?[] Vectors()
    {
        lock (_gate)
            return [.. _vectors];
    }

    private void Show(FeatureFacts facts) => Change(state => state with { Facts = facts });

    private void Read(FolderFeatures features, int[] rows, CancellationToken cancellationToken, Action<int, float[]> take)
    {
        var rejected = new RejectedRowCollector();
        List<int> readable = [];
        foreach (var row in rows)
        {
            try
            {
                Folder.PathOf(State.Rows[row]);
                readable.Add(row);
            }
            catch (BadInputException exception)
            {
                Unreadable(row, exception.Reason);
            }
        }

        if (readable.Count == 0)
            return;
        foreach (var row in features.Read(readable, row => Folder.Input(State.Rows[row]), rejected, new Told(this), cancellationToken))
            take(row.Item, row.Features);
        if (rejected.Count == 0)
            return;
        var places = readable.ToLookup(row => Folder.Input(State.Rows[row]).Name, StringComparer.Ordinal);
        foreach (var bad in rejected.Rows)
        {
            foreach (var row in places[bad.Input])
                Unreadable(row, bad.Reason);
        }
    }

    private void Unreadable(int row, string reason) => Change(state => state with { Unreadable = new Dictionary<int, string>(state.Unreadable) { [row] = reason } });

    /// <summary>Passes progress on as it comes.</summary>
    private sealed class Told(StudioSession session) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => session.Tell(value);
    }
}
