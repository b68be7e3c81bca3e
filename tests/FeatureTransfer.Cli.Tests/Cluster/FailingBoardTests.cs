using FeatureTransfer.Orleans;
using FeatureTransfer.Orleans.Jobs;
using FeatureTransfer.Orleans.Membership;
using FeatureTransfer.Orleans.Working;
using Microsoft.Extensions.Logging.Abstractions;

namespace FeatureTransfer.Cli.Tests.Cluster;

/// <summary>Calls that fail while a silo dies: Orleans cancels them, rejects them or lets them time out, and nobody gives up for that.</summary>
public class FailingBoardTests
{
    private static readonly JobSpec _job = new() { Id = Guid.NewGuid(), Version = "1", Fingerprint = "f", Backbone = "b", Store = "/store", List = "/store/list", Folder = "/" };
    private static readonly Shard[] _shards = [new(0, 0, 3)];
    private static readonly Func<Exception>[] _failures =
    [
        () => new OperationCanceledException("The call was cancelled."),
        () => new TimeoutException(),
        () => new OrleansException("rejected"),
        () => new IOException("The connection is gone."),
    ];

    [Test, TestCaseSource(nameof(_failures)), CancelAfter(60_000)]
    public async Task RunAsync_CallFails_SubmitsAgainAndEnds(Func<Exception> failure, CancellationToken stop)
    {
        var board = new FailingBoard(failure());
        var reports = new List<WorkProgress>();
        await new JobWait(() => board, TimeSpan.FromSeconds(6), TimeProvider.System).RunAsync(_job, _shards, new Recorded(reports), stop);
        Assert.That(reports, Is.EqualTo(new[] { new WorkProgress("Extracting features on 1 silo", 3, 3) }));
    }

    [Test, TestCaseSource(nameof(_failures)), CancelAfter(60_000)]
    public async Task ExecuteAsync_CallFails_TheWorkerAsksAgain(Func<Exception> failure, CancellationToken stop)
    {
        var board = new FailingBoard(failure());
        var options = new ExtractionSiloOptions { Cluster = new ExtractionClusterOptions { ConnectionString = "Host=nowhere" } };
        using var place = SiloPlace.Take(options);
        using var worker = new ShardWorker(board.Factory, place, options, FeatureTransferServices.Default, TimeProvider.System, NullLogger<ShardWorker>.Instance);
        await worker.StartAsync(stop);
        await board.Asked.Task.WaitAsync(stop);
        await worker.StopAsync(stop);
        Assert.That(worker.ExecuteTask!.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void RunAsync_NobodyAnswersForLong_SaysSo()
    {
        var clock = new HeldClock();
        var wait = new JobWait(
            () =>
            {
                clock.Pass(25);
                return new FailingBoard(new OperationCanceledException("The call was cancelled."));
            },
            TimeSpan.FromSeconds(6),
            clock);
        Assert.That(
            () => wait.RunAsync(_job, _shards, null, CancellationToken.None),
            Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo("No silo of the cluster answers: The call was cancelled. Start one with ft silo, and give it the same cluster."));
    }

    [Test]
    public void RunAsync_CallerGaveUp_IsCancelled()
    {
        var wait = new JobWait(() => new FailingBoard(new TimeoutException()), TimeSpan.FromSeconds(6), TimeProvider.System);
        Assert.That(() => wait.RunAsync(_job, _shards, null, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private sealed class Recorded(List<WorkProgress> reports) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => reports.Add(value);
    }
}
