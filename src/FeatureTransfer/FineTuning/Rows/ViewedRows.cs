namespace FeatureTransfer.FineTuning;

/// <summary>
/// Activations of several changed versions of each image, computed once. A row begins at a version of its own and takes the next in each
/// epoch, so that all are seen equally often.
/// </summary>
internal sealed class ViewedRows : IRowSource
{
    private readonly ActivationStore[] _stores;
    private readonly int _seed;

    private ViewedRows(ActivationStore[] stores, int seed) => (_stores, _seed) = (stores, seed);

    /// <summary>Changes the training images and runs the frozen part over them.</summary>
    /// <param name="context">The images, and how they are changed.</param>
    /// <param name="cut">The part that learns; it begins behind a frozen one.</param>
    public static ViewedRows Compute(TuningContext context, TuningPart cut)
    {
        var options = context.Options;
        var rows = new ViewedRows([.. Enumerable.Range(0, options.AugmentationViews).Select(_ => new ActivationStore(context.Rows.Count, cut.RowLength, options.ActivationMemory / options.AugmentationViews))], options.Seed);
        try
        {
            rows.Fill(context, cut);
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public void Read(int row, int epoch, Span<float> values) => _stores[ViewAt(row, epoch)].Read(row, values);

    public void Dispose() => Array.ForEach(_stores, store => store.Dispose());

    /// <summary>The version of a row that an epoch takes.</summary>
    public int ViewAt(int row, int epoch) => (int)((Randomness.Mix(_seed, RandomPurpose.View, 0, row) + (ulong)epoch) % (ulong)_stores.Length);

    private void Fill(TuningContext context, TuningPart cut)
    {
        var whole = TuningPart.Whole(context.Model);
        using var images = new PreparedRows(context.Rows, context.Preparation, context.Options);
        using var trunk = new TrunkSession(context.Model, cut, whole, context.Options.BatchSize, context.Session);
        var loader = new BatchLoader(context.Rows, images, whole, null, trunk, context.Options, context.Threads);
        TrainingBatch[] buffers = [.. Enumerable.Range(0, 2).Select(_ => new TrainingBatch(cut.Inputs, context.Model.Outputs, [], context.Options.BatchSize))];
        int[] changed = [.. context.Train, .. context.Target];
        for (var view = 0; view < _stores.Length; view++)
        {
            var done = 0;
            foreach (var batch in loader.Batches(changed, 0, view, 0, buffers, context.Cancellation))
            {
                Keep(_stores[view], changed.AsSpan(done, batch.Rows), cut.Inputs, batch);
                done += batch.Rows;
                context.Services.Progress?.Report(new WorkProgress("Fine-tuning: the frozen part over changed images", ((long)view * changed.Length) + done, (long)_stores.Length * changed.Length));
            }
        }
    }

    private static void Keep(ActivationStore store, ReadOnlySpan<int> rows, IReadOnlyList<PartInput> inputs, TrainingBatch batch)
    {
        var values = new float[store.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            var offset = 0;
            for (var i = 0; i < inputs.Count; i++)
            {
                batch.Inputs[i].AsSpan(row * inputs[i].Length, inputs[i].Length).CopyTo(values.AsSpan(offset));
                offset += inputs[i].Length;
            }

            store.Write(rows[row], values);
        }
    }
}
