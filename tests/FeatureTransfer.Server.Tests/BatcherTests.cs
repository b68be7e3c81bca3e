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
    public async Task TryAdd_BatchThatWaits_StartsWhenItIsFull()
    {
        var clock = new ManualClock { Delay = TimeSpan.FromHours(1) };
        var batcher = Make(size: 2, queue: 100, concurrent: 2, clock);
        var first = batcher.TryAdd([1], default)![0];
        await _started.WaitAsync();
        var second = batcher.TryAdd([2], default)![0];
        await clock.Waits.WaitAsync();
        Assert.That(await _started.WaitAsync(50), Is.False, "it waits for company");
        var third = batcher.TryAdd([3], default)![0];
        Assert.That(await _started.WaitAsync(10_000), Is.True, "it need not wait any longer");
        clock.Delay = TimeSpan.Zero;
        _goOn.Release(3);
        Assert.That(await Task.WhenAll(first, second, third), Is.EqualTo(new[] { 10, 20, 30 }));
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
    public async Task SecondsUntilRoom_ItemsThatWait_CostWhatItemsCostOfLate()
    {
        var clock = new ManualClock();
        var batcher = Make(size: 1, queue: 100, concurrent: 1, clock);
        Assert.That(batcher.SecondsUntilRoom(), Is.EqualTo(1), "nothing is known yet");
        var answers = Enumerable.Range(1, 5).Select(item => batcher.TryAdd([item], default)![0]).ToList();
        var seconds = new List<int>();
        foreach (var cost in new[] { 10, 20, 1000 })
        {
            await _started.WaitAsync();
            clock.Now += TimeSpan.FromSeconds(cost);
            _goOn.Release();
            await _started.WaitAsync();
            seconds.Add(batcher.SecondsUntilRoom());
            _started.Release();
        }

        _goOn.Release(2);
        Assert.That(seconds, Is.EqualTo(new[] { 30, 24, 60 }), "3 x 10, 2 x (0.8 x 10 + 0.2 x 20), and never more than 60");
        Assert.That(await Task.WhenAll(answers), Is.EqualTo(new[] { 10, 20, 30, 40, 50 }));
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

    private Batcher<int, int> Make(int size, int queue, int concurrent, TimeProvider? clock = null) =>
        new(Run, new BatchLimits(size, queue, concurrent, TimeSpan.FromMilliseconds(1), clock ?? TimeProvider.System), new ServerMetrics(_provider.GetRequiredService<IMeterFactory>()));

    private int[] Run(IReadOnlyList<int> items)
    {
        lock (_sizes)
            _sizes.Add(items.Count);
        _started.Release();
        _goOn.Wait();
        return items.Any(item => item < 0) ? throw new InvalidOperationException("bad") : [.. items.Select(item => item * 10)];
    }

    private sealed class ManualClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        /// <summary>How long every wait takes; null for as long as it is meant to.</summary>
        public TimeSpan? Delay { get; set; }

        /// <summary>Is released by each wait that begins.</summary>
        public SemaphoreSlim Waits { get; } = new(0);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Release();
            return base.CreateTimer(callback, state, Delay ?? dueTime, period);
        }
    }
}
