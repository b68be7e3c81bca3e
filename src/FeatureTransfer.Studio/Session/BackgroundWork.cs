using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Studio.Session;

/// <summary>Runs one piece of work after the other, off the threads of the page.</summary>
/// <param name="tell">Is told what is being done, and null when it is done.</param>
/// <param name="fail">Is told what went wrong.</param>
/// <param name="logger">Takes what should not happen.</param>
internal sealed class BackgroundWork(Action<WorkProgress?> tell, Action<string> fail, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Runs work when its turn comes.</summary>
    /// <param name="stage">What it is, for people to read.</param>
    /// <param name="work">The work.</param>
    public async Task RunAsync(string stage, Action<CancellationToken> work)
    {
        try
        {
            await _one.WaitAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            tell(new WorkProgress(stage, 0, null));
            await Task.Run(() => work(_stop.Token), _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The studio closes.
        }
        catch (FeatureTransferException exception)
        {
            fail(exception.Message);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "{Stage} failed", stage);
            fail($"{stage} failed: {exception.Message}");
        }
        finally
        {
            tell(null);
            _one.Release();
        }
    }

    /// <summary>Stops what runs, and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _one.WaitAsync().ConfigureAwait(false);
        _one.Dispose();
        _stop.Dispose();
    }
}
