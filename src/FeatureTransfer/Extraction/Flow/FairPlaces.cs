namespace FeatureTransfer.Extraction.Flow;

/// <summary>
/// So many callers at once, the others in the order in which they came: a place that is left goes to the first who waits. (A
/// <see cref="SemaphoreSlim"/> lets whoever asks at the right moment pass those who wait, so that some wait for seconds under load.)
/// </summary>
internal sealed class FairPlaces(int places)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _free = places;

    /// <summary>Takes a place, waiting for one if need be.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; it holds no place.</exception>
    public Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return Task.CompletedTask;
            }

            _waiting.AddLast(turn);
        }

        return cancellationToken.CanBeCanceled ? WaitAsync(turn, cancellationToken) : turn.Task;
    }

    /// <summary>Leaves a place to the first who waits.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            while (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                if (first.Value.TrySetResult())
                    return;
            }

            _free++;
        }
    }

    private static async Task WaitAsync(TaskCompletionSource turn, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task.ConfigureAwait(false);
    }
}
