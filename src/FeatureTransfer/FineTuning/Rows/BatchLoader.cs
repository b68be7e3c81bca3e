namespace FeatureTransfer.FineTuning;

/// <summary>Fills batches; the next one is filled while the last is learned from.</summary>
/// <param name="rows">All rows, for their labels.</param>
/// <param name="source">What the rows begin with.</param>
/// <param name="part">The part of the graph that takes what <paramref name="source"/> gives.</param>
/// <param name="mixer">Mixes rows; null does not.</param>
/// <param name="trunk">Runs the frozen part over what <paramref name="source"/> gives; null where it is run no more.</param>
/// <param name="options">Sizes and seeds.</param>
/// <param name="threads">The threads that images are decoded with.</param>
internal sealed class BatchLoader(IReadOnlyList<TuningRow> rows, IRowSource source, TuningPart part, BatchMixer? mixer, TrunkSession? trunk, FineTuneOptions options, int threads)
{
    private Task? _ahead;

    /// <summary>The batches of an epoch.</summary>
    /// <param name="order">The rows, in the order in which they are used.</param>
    /// <param name="stage">The stage, which random numbers depend on.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="first">The first batch that is wanted.</param>
    /// <param name="buffers">Two batches, to fill in turn.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IEnumerable<TrainingBatch> Batches(int[] order, int stage, int epoch, int first, TrainingBatch[] buffers, CancellationToken cancellationToken)
    {
        var count = (order.Length + options.BatchSize - 1) / options.BatchSize;
        _ahead = first < count ? Start(first) : null;
        try
        {
            for (var batch = first; batch < count; batch++)
            {
                _ahead!.GetAwaiter().GetResult();
                _ahead = batch + 1 < count ? Start(batch + 1) : null;
                yield return buffers[batch % 2];
            }
        }
        finally
        {
            // Nobody may write into the buffers any more.
            (_ahead as IAsyncResult)?.AsyncWaitHandle.WaitOne();
        }

        Task Start(int batch) => Task.Run(() => Fill(buffers[batch % 2], order, stage, epoch, batch, cancellationToken), cancellationToken);
    }

    private void Fill(TrainingBatch batch, int[] order, int stage, int epoch, int number, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = number * options.BatchSize;
        var filled = trunk?.Images ?? batch;
        filled.Rows = Math.Min(options.BatchSize, order.Length - start);
        ForEach(filled.Rows, row => FillRow(filled, row, order[start + row], epoch), cancellationToken);
        var place = ((long)epoch << 32) + number;
        mixer?.Mix(filled, Randomness.At(options.Seed, RandomPurpose.Mixing, stage, place));
        trunk?.Run(batch);
        FillMasks(batch, Randomness.At(options.Seed, RandomPurpose.Dropout, stage, place));
    }

    private void ForEach(int count, Action<int> fill, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = part.FromImages ? threads : 1, CancellationToken = cancellationToken }, fill);
        }
        catch (AggregateException exception) when (exception.InnerExceptions.OfType<BadInputException>().FirstOrDefault() is { } bad)
        {
            throw new FeatureTransferException($"{bad.Input}: {bad.Reason}. It could be read when the training began; put it back and resume from the checkpoint, or begin again without it.", bad);
        }
    }

    private void FillRow(TrainingBatch batch, int place, int row, int epoch)
    {
        rows[row].Target.CopyTo(batch.Targets, place * rows[row].Target.Length);
        if (part.Inputs.Count == 1)
        {
            source.Read(row, epoch, batch.Inputs[0].AsSpan(place * part.RowLength, part.RowLength));
            return;
        }

        var values = new float[part.RowLength];
        source.Read(row, epoch, values);
        var offset = 0;
        for (var i = 0; i < part.Inputs.Count; i++)
        {
            var length = part.Inputs[i].Length;
            values.AsSpan(offset, length).CopyTo(batch.Inputs[i].AsSpan(place * length));
            offset += length;
        }
    }

    // What is kept is made larger, so that the sum stays the same in the mean.
    private void FillMasks(TrainingBatch batch, Random random)
    {
        var kept = (float)(1 / (1 - options.Head.Dropout));
        foreach (var mask in batch.Masks)
        {
            for (var i = 0; i < mask.Length; i++)
                mask[i] = random.NextDouble() < options.Head.Dropout ? 0 : kept;
        }
    }
}
