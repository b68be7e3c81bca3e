using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Extraction.Engine;

/// <summary>What holds for a flow under every setting.</summary>
[TestFixture(1, 1, 1, 1)]
[TestFixture(1, 2, 1, 2)]
[TestFixture(4, 2, 1, 1)]
[TestFixture(7, 3, 2, 2)]
[TestFixture(32, 1, 1, 3)]
public class FeatureFlowTests(int batchSize, int decodeThreads, int intraOpThreads, int sessions)
{
    private const int Images = 25;
    private ColourImages _images = null!;
    private FeatureExtractor _extractor = null!;

    [OneTimeSetUp]
    public void Make()
    {
        _images = new ColourImages(Images);
        _extractor = new FeatureExtractor(Options);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        _extractor.Dispose();
        _images.Dispose();
    }

    private ExtractFeaturesOptions Options =>
        _images.Options with { BatchSize = batchSize, DecodeThreads = decodeThreads, IntraOpThreads = intraOpThreads, Sessions = sessions };

    [Test, CancelAfter(60_000)]
    public void Run_ManyRows_KeepsOrderPayloadAndValues(CancellationToken stop)
    {
        var rows = _extractor.Engine.Run(Inputs(500), stop).ToList();
        Assert.That(rows.Select(row => row.Payload), Is.EqualTo(Enumerable.Range(0, 500)));
        Assert.That(rows.All(row => row.Features!.Zip(ColourImages.Expected(row.Payload % Images)).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5)), Is.True);
        Assert.That(((FixedEngine)_extractor.Engine).Pool.Rented, Is.Zero);
    }

    [Test, CancelAfter(60_000)]
    public void Run_BadRows_CarryTheirErrorInTheirPlace(CancellationToken stop)
    {
        var inputs = Inputs(200).Select(row => row.Payload % 3 == 1 ? row with { Input = Broken(row.Payload) } : row);
        var rows = _extractor.Engine.Run(inputs, stop).ToList();
        Assert.That(rows.Select(row => row.Payload), Is.EqualTo(Enumerable.Range(0, 200)));
        foreach (var row in rows)
        {
            Assert.That(row.Features is null, Is.EqualTo(row.Payload % 3 == 1));
            Assert.That(row.Error?.Input, Is.EqualTo(row.Payload % 3 == 1 ? $"broken {row.Payload}" : null));
            if (row.Features is { } features)
                Assert.That(features, Is.EqualTo(ColourImages.Expected(row.Payload % Images)).Within(1e-5));
        }
    }

    [Test, CancelAfter(60_000)]
    public void Run_OnlyBadRows_Ends(CancellationToken stop) =>
        Assert.That(_extractor.Engine.Run(Enumerable.Range(0, 150).Select(i => new FlowInput<int>(Broken(i), i)), stop).Count(row => row.Error is not null), Is.EqualTo(150));

    [Test, CancelAfter(60_000)]
    public void Run_OneRow_IsComputedByWhoeverWaitsForIt(CancellationToken stop)
    {
        var threads = new List<int>();
        var input = Inputs(1).Select(row => { threads.Add(Environment.CurrentManagedThreadId); return row; });
        var rows = _extractor.Engine.Run(input, stop, total: 1).ToList();
        Assert.That(rows.Single().Features, Is.EqualTo(ColourImages.Expected(0)).Within(1e-5));
        Assert.That(threads, Is.EqualTo(new[] { Environment.CurrentManagedThreadId }));
        Assert.That(_extractor.Engine.Run([new FlowInput<int>(Broken(3), 3)], stop, total: 1).Single().Error?.Input, Is.EqualTo("broken 3"));
        Assert.That(((FixedEngine)_extractor.Engine).Pool.Rented, Is.Zero);
    }

    [Test, CancelAfter(60_000)]
    public void Run_MoreRowsThanASourceSays_AllCome(CancellationToken stop) =>
        Assert.That(_extractor.Engine.Run(Inputs(300), stop, total: 1).Select(row => row.Payload), Is.EqualTo(Enumerable.Range(0, 300)));

    [Test, CancelAfter(60_000)]
    public void Run_NoRows_Ends(CancellationToken stop) => Assert.That(_extractor.Engine.Run(Inputs(0), stop), Is.Empty);

    [Test, CancelAfter(60_000)]
    public void Run_ConsumerStopsEarly_FreesEverythingAndReadsNoFurther(CancellationToken stop)
    {
        var read = 0;
        var closed = new List<int>();
        IEnumerable<FlowInput<int>> Endless()
        {
            try
            {
                for (; ; read++)
                    yield return new FlowInput<int>(new FeatureInput(_images.Paths[read % Images], null), read);
            }
            finally
            {
                closed.Add(read);
            }
        }

        Assert.That(_extractor.Engine.Run(Endless(), stop).Take(10).Count(), Is.EqualTo(10));
        Assert.That(closed, Has.Count.EqualTo(1), "the source is closed when the consumer goes");
        Assert.That(((FixedEngine)_extractor.Engine).Pool.Rented, Is.Zero);
        Assert.That(read, Is.LessThan(400), "reading ahead is bounded");
        var before = read;
        Thread.Sleep(20);
        Assert.That(read, Is.EqualTo(before), "nobody works any more");
    }

    [Test, CancelAfter(60_000)]
    public void Run_ManyTimes_UsesTheSameMemory(CancellationToken stop)
    {
        _ = _extractor.Engine.Run(Inputs(300), stop).Count();
        var bound = sessions + ((decodeThreads + batchSize - 1) / batchSize) + 1;
        for (var i = 0; i < 5; i++)
            _ = _extractor.Engine.Run(Inputs(300), stop).Count();
        Assert.That(((FixedEngine)_extractor.Engine).Pool.Kept, Is.InRange(1, bound));
    }

    [Test, CancelAfter(60_000)]
    public void Run_SlowConsumer_IsNotOverrun(CancellationToken stop)
    {
        var read = 0;
        foreach (var row in _extractor.Engine.Run(Inputs(400).Select(input => { read++; return input; }), stop))
        {
            var ahead = read - row.Payload;
            Assert.That(ahead, Is.LessThan(400 - 10));
            if (row.Payload == 5)
                Thread.Sleep(50);
            if (row.Payload == 9)
                break;
        }
    }

    [Test, CancelAfter(60_000)]
    public void Run_SourceThrows_GivesTheRowsBeforeAndThrowsOnce(CancellationToken stop)
    {
        IEnumerable<FlowInput<int>> Failing()
        {
            foreach (var input in Inputs(43))
                yield return input;
            throw new InvalidDataException("the source broke");
        }

        var rows = new List<int>();
        using var flow = _extractor.Engine.Run(Failing(), stop).GetEnumerator();
        Assert.That(
            () =>
            {
                while (flow.MoveNext())
                    rows.Add(flow.Current.Payload);
            },
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("the source broke"));
        Assert.That(rows, Is.EqualTo(Enumerable.Range(0, 43)));
        Assert.That(flow.MoveNext(), Is.False);
        Assert.That(((FixedEngine)_extractor.Engine).Pool.Rented, Is.Zero);
    }

    [Test, CancelAfter(60_000)]
    public void Run_Cancelled_ThrowsAndFreesEverything(CancellationToken stop)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var taken = 0;
        Assert.That(
            () =>
            {
                foreach (var row in _extractor.Engine.Run(Inputs(100_000), source.Token))
                {
                    if (++taken == 20)
                        source.Cancel();
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(taken, Is.EqualTo(20));
        Assert.That(((FixedEngine)_extractor.Engine).Pool.Rented, Is.Zero);
    }

    [Test, CancelAfter(60_000)]
    public void Run_SourceWaits_IsCancelledAsSoonAsItGoesOn(CancellationToken stop)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var gate = new ManualResetEventSlim();
        IEnumerable<FlowInput<int>> Waiting()
        {
            foreach (var input in Inputs(batchSize))
                yield return input;
            source.CancelAfter(20);
            gate.Wait(5_000, CancellationToken.None);
            yield return Inputs(1).First();
        }

        using var flow = _extractor.Engine.Run(Waiting(), source.Token).GetEnumerator();
        source.Token.Register(gate.Set);
        Assert.That(
            () =>
            {
                while (flow.MoveNext())
                {
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test, CancelAfter(60_000)]
    public void Run_CachedRowsAmongOthers_KeepTheirPlace(CancellationToken stop)
    {
        using var cache = new FeatureCache(Path.Combine(_images.Folder, $"cache-{batchSize}-{decodeThreads}"));
        using var extractor = new FeatureExtractor(Options with { UseCache = true }, FeatureTransferServices.Default with { Cache = cache });
        var known = _images.Paths.Where((_, i) => i % 4 != 2).ToList();
        Assert.That(extractor.Extract(known, stop).Count(), Is.EqualTo(known.Count));
        var computed = extractor.RowsComputed;

        // More cached rows than may wait, so that a batch has to go before it is full.
        var inputs = Inputs(25).Concat(Enumerable.Range(25, 1000).Select(i => new FlowInput<int>(new FeatureInput(known[0], null), i)));
        var rows = extractor.Engine.Run(inputs, stop).ToList();
        Assert.That(rows.Select(row => row.Payload), Is.EqualTo(Enumerable.Range(0, 1025)));
        Assert.That(rows.Take(25).Select(row => row.Features![0]), Is.EqualTo(Enumerable.Range(0, 25).Select(i => ColourImages.Expected(i)[0])).Within(1e-5));
        Assert.That(extractor.RowsComputed - computed, Is.EqualTo(25 - known.Count));
    }

    [Test, CancelAfter(60_000)]
    public void Run_InferenceThrows_ThrowsOnceAndFreesEverything(CancellationToken stop)
    {
        var extractor = new FeatureExtractor(Options);
        using var flow = extractor.Engine.Run(Inputs(1_000), stop).GetEnumerator();
        Assert.That(flow.MoveNext(), Is.True);

        // A session that is gone fails as a device that was lost does.
        extractor.Dispose();
        Assert.That(
            () =>
            {
                while (flow.MoveNext())
                {
                }
            },
            Throws.Exception);
        Assert.That(flow.MoveNext(), Is.False);
        Assert.That(((FixedEngine)extractor.Engine).Pool.Rented, Is.Zero);
    }

    private static FeatureInput Broken(int row) => new($"broken {row}", new byte[] { 1, 2, 3 });

    private IEnumerable<FlowInput<int>> Inputs(int count) =>
        Enumerable.Range(0, count).Select(i => new FlowInput<int>(new FeatureInput(_images.Paths[i % Images], null), i));
}
