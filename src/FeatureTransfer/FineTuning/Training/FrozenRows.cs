using FeatureTransfer.Devices;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.FineTuning;

/// <summary>
/// What the frozen part makes of each row, once for a whole training: the features that the head reads and, where the first layers that learn with
/// it come earlier, the activations that those begin with. The features are then computed from the activations, so that no row is read and
/// run from its beginning twice.
/// </summary>
internal sealed class FrozenRows : IDisposable
{
    private readonly ActivationStore? _activations;
    private readonly TuningModel _model;
    private readonly TuningPart? _cut;

    private FrozenRows(TuningModel model, TuningPart? cut, ActivationStore features, ActivationStore? activations) =>
        (_model, _cut, Features, _activations) = (model, cut, features, activations);

    /// <summary>The features of each row.</summary>
    public ActivationStore Features { get; }

    /// <summary>Runs the frozen part over all rows.</summary>
    /// <param name="context">The rows and the graph.</param>
    /// <param name="cut">The part that learns first behind the head's phase, where it begins between the image and the features; else null.</param>
    /// <param name="usable">Takes the rows that could be read, ascending.</param>
    public static FrozenRows Compute(TuningContext context, TuningPart? cut, out List<int> usable)
    {
        var observer = context.Observer;
        var first = new FrozenPass(context.Options, context.Preparation, context.Services).Run(
            cut?.Trunk(context.Model) ?? context.Model.FeatureModel,
            context.Rows,
            [.. Enumerable.Range(0, context.Rows.Count)],
            out usable,
            observer is null ? null : row => observer.Extracted(context.Rows[row]));
        usable.Sort();
        if (cut is null)
            return new FrozenRows(context.Model, null, first, null);
        try
        {
            return new FrozenRows(context.Model, cut, FeaturesOf(context, cut, first, [.. usable]), first);
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    /// <summary>What a part begins with; null where it was not computed.</summary>
    public ActivationStore? At(TuningPart part)
    {
        if (part.Inputs is [var only] && only.Name == _model.Layout.Features)
            return Features;
        return _cut is not null && part.Inputs.Select(input => input.Name).SequenceEqual(_cut.Inputs.Select(input => input.Name), StringComparer.Ordinal) ? _activations : null;
    }

    public void Dispose()
    {
        Features.Dispose();
        _activations?.Dispose();
    }

    private static ActivationStore FeaturesOf(TuningContext context, TuningPart cut, ActivationStore activations, int[] rows)
    {
        var (options, model) = (context.Options, context.Model);
        var store = new ActivationStore(context.Rows.Count, model.FeatureLength, options.ActivationMemory);
        try
        {
            using var session = DeviceSessions.Open(GraphCutter.Cut(cut.Model, [model.Layout.Features]), $"{model.Model.Name} (features)", context.Session with { SharesMemory = true, OptimizedFolder = FeatureTransferPaths.Optimized });
            using var run = new RunOptions();
            var loader = new BatchLoader(context.Rows, new StoredRows(activations), cut, null, null, options, context.Threads);
            TrainingBatch[] buffers = [.. Enumerable.Range(0, 2).Select(_ => new TrainingBatch(cut.Inputs, model.Outputs, [], options.BatchSize))];
            var done = 0;
            foreach (var batch in loader.Batches(rows, 0, 0, 0, buffers, context.Cancellation))
            {
                Keep(store, rows.AsSpan(done, batch.Rows), session, run, cut, batch);
                done += batch.Rows;
            }

            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static void Keep(ActivationStore store, ReadOnlySpan<int> rows, InferenceSession session, RunOptions run, TuningPart cut, TrainingBatch batch)
    {
        OrtValue[] values = [.. batch.InputTensors()];
        try
        {
            using var results = session.Run(run, [.. cut.Inputs.Select(input => input.Name)], values, session.OutputNames);
            var features = results[0].GetTensorDataAsSpan<float>();
            for (var i = 0; i < rows.Length; i++)
                store.Write(rows[i], features.Slice(i * store.Length, store.Length));
        }
        finally
        {
            foreach (var value in values)
                value.Dispose();
        }
    }
}
