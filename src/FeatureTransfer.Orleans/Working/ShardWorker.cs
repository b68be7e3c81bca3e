using FeatureTransfer.Orleans.Jobs;
using FeatureTransfer.Orleans.Membership;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Orleans.Working;

/// <summary>Takes shards from the board for as long as its silo runs, one at a time; a shard's rows keep the machine busy by themselves.</summary>
internal sealed class ShardWorker(IGrainFactory grains, SiloPlace place, ExtractionSiloOptions options, FeatureTransferServices services, TimeProvider clock, ILogger<ShardWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan _idle = TimeSpan.FromMilliseconds(500);
    private readonly string _name = place.Name;

    private IJobBoard Board => grains.GetGrain<IJobBoard>(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var extraction = new ShardExtraction(services, options.Device);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await TryAsync(() => Board.TakeAsync(_name)).ConfigureAwait(false) is { } lease)
                await WorkAsync(extraction, lease, stoppingToken).ConfigureAwait(false);
            else
                await Task.Delay(_idle, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WorkAsync(ShardExtraction extraction, ShardLease lease, CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var (job, number, rows) = (lease.Job.Id, lease.Shard.Number, 0);
        var renewals = RenewAsync(() => Board.RenewAsync(_name, job, number, Volatile.Read(ref rows)), end);
        try
        {
            var unseen = await Task.Run(() => extraction.Run(lease, count => Volatile.Write(ref rows, count), end.Token), end.Token).ConfigureAwait(false);
            await TellAsync(() => Board.CompleteAsync(_name, job, number, unseen)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The silo stops, or another has the shard.
        }
        catch (Exception exception)
        {
            logger.LogError("Shard {Number} of job {Job}: {Message}", number, job, exception.Message);
            await TellAsync(() => Board.FailAsync(job, $"{_name}: {exception.Message}")).ConfigureAwait(false);
        }

        await end.CancelAsync().ConfigureAwait(false);
        await renewals.ConfigureAwait(false);
    }

    private async Task RenewAsync(Func<Task<bool>> renew, CancellationTokenSource end)
    {
        while (true)
        {
            await Task.Delay(options.Cluster.DeadAfter / 6, clock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested)
                return;
            if (await TryAsync(async () => await renew().ConfigureAwait(false) ? "" : null, "").ConfigureAwait(false) is null)
                await end.CancelAsync().ConfigureAwait(false);
        }
    }

    private Task TellAsync(Func<Task> tell) => TryAsync<object>(async () =>
    {
        await tell().ConfigureAwait(false);
        return null;
    });

    // While a silo dies calls to the board fail in many ways; a worker that ended by one would leave its silo idle. Shards that nobody heard of are done
    // again, from the store.
    private async Task<T?> TryAsync<T>(Func<Task<T?>> ask, T? otherwise = null)
        where T : class
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logger.LogInformation("The board does not answer: {Message}", exception.Message);
            return otherwise;
        }
    }
}
