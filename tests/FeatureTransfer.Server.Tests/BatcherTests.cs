using System.Diagnostics.Metrics;
using FeatureTransfer.Server.Batching;
using FeatureTransfer.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace FeatureTransfer.Server.Tests;

/// <summary>How items are put together, with a model that waits until it is told to answer.</summary>
public class BatcherTests
{
    private readonly ServiceProvider _provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<int> _sizes = [];
    private readonly SemaphoreSlim _started = new(0);
    private readonly SemaphoreSlim _goOn = new(0);

    [OneTimeTearDown]
    public void Remove()
    {
        _provider.Dispose();
        _started.Dispose();
        _goOn.Dispose();
    }

    [SetUp]
    public void Clear() => _sizes.Clear();

    [Test]
    public async Task TryAdd_WhileBusy_GathersUntilTheBatchIsFull()
    {
        var batcher = Make(size: 4, queue: 100, concurrent: 1);
        var first = batcher.TryAdd([1], default)![0];
        await _started.WaitAsync();
        var rest = Enumerable.Range(2, 6).Select(item => batcher.TryAdd([item], default)![0]).ToList();
        _goOn.Release(3);
        Assert.That(await Task.WhenAll([first, .. rest]), Is.EqualTo(Enumerable.Range(1, 7).Select(item => item * 10)));
        Assert.That(_sizes, Is.EqualTo(new[] { 1, 4, 2 }));
    }

    [Test]
    public async Task TryAdd_SeveralBatchesMayRun_ShareTheQueue()
    {
        var batcher = Make(size: 10, queue: 100, concurrent: 2);
        var first = batcher.TryAdd([1], default)![0];
        await _started.WaitAsync();
        var rest = batcher.TryAdd([2, 3, 4, 5, 6, 7], default)!;
        await _started.WaitAsync();
        Assert.That(_sizes, Is.EqualTo(new[] { 1, 3 }), "the other half is left to the batch that is free next");
        _goOn.Release(10);
        Assert.That(await Task.WhenAll([first, .. rest]), Is.EqualTo(Enumerable.Range(1, 7).Select(item => item * 10)));
    }

    [Test]
    public async Task TryAdd_AnyItem_LeavesTheThreadsOfThePoolToRequests()
    {
        var batcher = new Batcher<int, bool>(
            items => [.. items.Select(_ => Thread.CurrentThread.IsThreadPoolThread)],
            new BatchLimits(4, 100, 2, TimeSpan.FromMilliseconds(1), TimeProvider.System),
            new ServerMetrics(_provider.GetRequiredService<IMeterFactory>()));
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(item => batcher.TryAdd([item], default)![0]));
        Assert.That(answers, Is.All.False);
    }

    [Test]
    public async Task TryAdd_FullQueue_TakesAllOrNothing()
    {
        var batcher = Make(size: 1, queue: 3, concurrent: 1);
        var first = batcher.TryAdd([1], default)!;
        await _started.WaitAsync();
        var two = batcher.TryAdd([2, 3], default)!;
        Assert.That(batcher.TryAdd([4, 5], default), Is.Null);
        Assert.That(batcher.SecondsUntilRoom(), Is.InRange(1, 60));
        var one = batcher.TryAdd([6], default)!;
        _goOn.Release(4);
        Assert.That(await Task.WhenAll([.. first, .. two, .. one]), Is.EqualTo(new[] { 10, 20, 30, 60 }));
    }

    [Test]
    public async Task TryAdd_NobodyWaitsAnyMore_IsLeftOut()
    {
        var batcher = Make(size: 4, queue: 100, concurrent: 1);
        var first = batcher.TryAdd([1], default)![0];
        await _started.WaitAsync();
        using var gone = new CancellationTokenSource();
        var left = batcher.TryAdd([2], gone.Token)![0];
        var stays = batcher.TryAdd([3], default)![0];
        await gone.CancelAsync();
        _goOn.Release(2);
        Assert.That((await first, await stays), Is.EqualTo((10, 30)));
        Assert.That(() => left, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_sizes, Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public async Task TryAdd_ItemThatThrows_FailsAlone()
    {
        var batcher = Make(size: 4, queue: 100, concurrent: 1);
        var first = batcher.TryAdd([1], default)![0];
        await _started.WaitAsync();
        var bad = batcher.TryAdd([-1], default)![0];
        var good = batcher.TryAdd([3], default)![0];
        _goOn.Release(4);
        Assert.That((await first, await good), Is.EqualTo((10, 30)));
        Assert.That(() => bad, Throws.TypeOf<InvalidOperationException>());
    }

    [Test]
    public async Task TryAdd_ManyThreads_AnswersEach()
    {
        _goOn.Release(10_000);
        var batcher = Make(size: 8, queue: 100_000, concurrent: 2);
        var answers = await Task.WhenAll(Enumerable.Range(1, 2000).Select(item => Task.Run(() => batcher.TryAdd([item], default)![0])));
        Assert.That(answers, Is.EqualTo(Enumerable.Range(1, 2000).Select(item => item * 10)));
    }

    [TearDown]
    public async Task Drain()
    {
        while (_goOn.CurrentCount > 0)
            await _goOn.WaitAsync();
        while (_started.CurrentCount > 0)
            await _started.WaitAsync();
    }

    private Batcher<int, int> Make(int size, int queue, int concurrent) =>
        new(Run, new BatchLimits(size, queue, concurrent, TimeSpan.FromMilliseconds(1), TimeProvider.System), new ServerMetrics(_provider.GetRequiredService<IMeterFactory>()));

    private int[] Run(IReadOnlyList<int> items)
    {
        lock (_sizes)
            _sizes.Add(items.Count);
        _started.Release();
        _goOn.Wait();
        return items.Any(item => item < 0) ? throw new InvalidOperationException("bad") : [.. items.Select(item => item * 10)];
    }
}
