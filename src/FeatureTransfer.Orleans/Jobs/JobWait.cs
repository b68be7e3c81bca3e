namespace FeatureTransfer.Orleans.Jobs;

/// <summary>
/// A client's wait for its job. The board is one silo's memory: when that silo dies, the job is submitted again with what was done at the last look.
/// A call that was under way then fails in one of many ways, cancelled among them, so that any failure is taken for silence.
/// </summary>
/// <param name="board">Finds the board.</param>
/// <param name="deadAfter">How long a silo may be silent.</param>
/// <param name="clock">Says what time it is.</param>
internal sealed class JobWait(Func<IJobBoard> board, TimeSpan deadAfter, TimeProvider clock)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);
    private JobProgress _last = new();

    /// <summary>Submits the job, and waits for its end.</summary>
    /// <exception cref="FeatureTransferException">A machine cannot take part, or no silo answers any more.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task RunAsync(JobSpec job, Shard[] shards, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var (total, heard) = (shards.Sum(shard => (long)shard.Rows), clock.GetTimestamp());
        while (!_last.IsDone)
        {
            try
            {
                await AskAsync(job, shards).ConfigureAwait(false);
                heard = clock.GetTimestamp();
            }
            catch (Exception exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (clock.GetElapsedTime(heard) > deadAfter * 4)
                    throw NoSilo(exception);
            }

            Check(_last);
            if (_last.Silos > 0)
                progress?.Report(new WorkProgress($"Extracting features on {_last.Silos} {(_last.Silos == 1 ? "silo" : "silos")}", _last.Rows, total));
            if (!_last.IsDone)
                await Task.Delay(_pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What a client says where it reaches no silo.</summary>
    public static FeatureTransferException NoSilo(Exception exception) => new($"No silo of the cluster answers: {exception.Message} Start one with ft silo, and give it the same cluster.", exception);

    private async Task AskAsync(JobSpec job, Shard[] shards)
    {
        if (await board().ProgressAsync(job.Id).ConfigureAwait(false) is { } now)
            _last = now with { Rows = Math.Max(_last.Rows, now.Rows) };
        else
            await board().SubmitAsync(job, shards, _last.Done).ConfigureAwait(false);
    }

    private static void Check(JobProgress progress)
    {
        if (progress.Failure is { } failure)
            throw new FeatureTransferException($"{failure} What was computed is in the store; the same command goes on from there.");
        if (progress.Unseen.FirstOrDefault(file => File.Exists(file.Path)) is { } unseen)
            throw new FeatureTransferException($"{unseen.Silo} does not see {unseen.Path}, which is there on this machine. All machines need the same files under the same paths.");
    }
}
