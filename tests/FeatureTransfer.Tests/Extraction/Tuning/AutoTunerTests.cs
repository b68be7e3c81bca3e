using FeatureTransfer.Extraction;
using FeatureTransfer.Extraction.Tuning;
using FeatureTransfer.Onnx;
using FeatureTransfer.Tests.Devices;

namespace FeatureTransfer.Tests.Extraction.Tuning;

/// <summary>When and how the settings are chosen.</summary>
public class AutoTunerTests
{
    private static readonly TuningRule _eager = new() { KnownRows = 40, KnownFirst = 10, UnknownFirst = 20, Budget = TimeSpan.FromMilliseconds(400) };
    private ColourImages _images = null!;
    private ListLogger _log = null!;

    [SetUp]
    public void Make() => (_images, _log) = (new ColourImages(10), new ListLogger());

    [TearDown]
    public void Remove()
    {
        _images.Dispose();
        if (Directory.Exists(FeatureTransferPaths.Tuning))
            Directory.Delete(FeatureTransferPaths.Tuning, recursive: true);
    }

    [Test]
    public void RowsBefore_ByTheRule_LeavesSmallRunsAlone()
    {
        var rule = new TuningRule();
        Assert.That(rule.RowsBefore(999), Is.EqualTo(long.MaxValue));
        Assert.That(rule.RowsBefore(1_000), Is.EqualTo(128));
        Assert.That(rule.RowsBefore(null), Is.EqualTo(512));
    }

    [Test, CancelAfter(60_000)]
    public void Run_ManyRows_TimesOnceAndGoesOnWithTheSameValues(CancellationToken stop)
    {
        using (var engine = Open(Auto, _eager))
        {
            Check(engine.Run(Inputs(100), stop, 100).ToList());
            Assert.That(_log.Lines.Count(line => line.Contains("Timed the backbone", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(engine.RowsComputed, Is.EqualTo(100), "made-up rows are not counted");
            Check(engine.Run(Inputs(100), stop, 100).ToList());
            Assert.That(engine.Pool.Rented, Is.Zero);
        }

        Assert.That(Directory.GetFiles(FeatureTransferPaths.Tuning), Has.Length.EqualTo(1));
        using var again = Open(Auto, _eager);
        Assert.That(again.Tuner.RowsBefore(100), Is.EqualTo(long.MaxValue), "it is remembered");
        Check(again.Run(Inputs(100), stop, 100).ToList());
        Assert.That(_log.Lines.Count(line => line.Contains("Timed the backbone", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test, CancelAfter(60_000)]
    public void Run_FewOrCachedRows_TimesNothing(CancellationToken stop)
    {
        using var cache = new FeatureCache(Path.Combine(_images.Folder, "cache"));
        using var engine = Open(Auto with { UseCache = true }, _eager, cache);
        Check(engine.Run(Inputs(30), stop, 30).ToList());
        Check(engine.Run(Inputs(200), stop, 200).ToList());
        Assert.That(Directory.Exists(FeatureTransferPaths.Tuning), Is.False);
    }

    [Test, CancelAfter(60_000)]
    public void Run_LengthUnknown_TimesLater(CancellationToken stop)
    {
        using var engine = Open(Auto, _eager);
        Check(engine.Run(Inputs(19).Where(_ => true), stop).ToList());
        Assert.That(Directory.Exists(FeatureTransferPaths.Tuning), Is.False);
        Check(engine.Run(Inputs(60).Where(_ => true), stop).ToList());
        Assert.That(Directory.GetFiles(FeatureTransferPaths.Tuning), Has.Length.EqualTo(1));
    }

    [Test]
    public void Settings_AllGiven_AreTaken()
    {
        using var engine = Open(Auto with { BatchSize = 3, DecodeThreads = 4, IntraOpThreads = 2, Sessions = 5 }, _eager);
        Assert.That(engine.Tuner.Settings, Is.EqualTo(new ExtractionSettings(3, 4, 2, 5)));
        Assert.That(engine.Tuner.RowsBefore(1_000_000), Is.EqualTo(long.MaxValue));
    }

    [TestCase(null, null, 1, 8)]
    [TestCase(4, null, 4, 2)]
    [TestCase(null, 2, 4, 2)]
    [TestCase(16, null, 16, 1)]
    [TestCase(3, 7, 3, 7)]
    public void Default_OnEightCores_FillsThem(int? threads, int? sessions, int expectedThreads, int expectedSessions)
    {
        var settings = ExtractionSettings.Default(Auto with { IntraOpThreads = threads, Sessions = sessions }, cores: 8);
        Assert.That((settings.BatchSize, settings.DecodeThreads, settings.IntraOpThreads, settings.Sessions), Is.EqualTo((1, 8, expectedThreads, expectedSessions)));
    }

    [Test, CancelAfter(60_000)]
    public void Tune_GivenSettings_AreNotTouched(CancellationToken stop)
    {
        using var engine = Open(Auto with { BatchSize = 2 }, _eager);
        Check(engine.Run(Inputs(100), stop, 100).ToList());
        Assert.That(engine.Tuner.Settings.BatchSize, Is.EqualTo(2));
        using var other = Open(Auto, _eager);
        Assert.That(other.Tuner.RowsBefore(100), Is.EqualTo(10), "what was found with a batch given is no answer without");
    }

    [Test, CancelAfter(60_000)]
    public void Tune_Cancelled_StopsAndRemembersNothing(CancellationToken stop)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var engine = Open(Auto, _eager);
        source.Cancel();
        Assert.That(() => engine.Tune(source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.Exists(FeatureTransferPaths.Tuning), Is.False);
    }

    private ExtractFeaturesOptions Auto => _images.Options with { BatchSize = null };

    private FixedEngine Open(ExtractFeaturesOptions options, TuningRule rule, FeatureCache? cache = null)
    {
        var graph = FeatureGraph.Build(SmallModels.Colours(), ["shifted"], Pooling.Avg);
        return new FixedEngine(options, graph, graph.Name, new ImagePreparation(new ImagePreprocessing { Height = 4, Width = 4 }), FeatureTransferServices.Default with { Logger = _log, Cache = cache }, rule);
    }

    private IEnumerable<FlowInput<int>> Inputs(int count) => Enumerable.Range(0, count).Select(i => new FlowInput<int>(new FeatureInput(_images.Paths[i % 10], null), i));

    private static void Check(List<FlowRow<int>> rows)
    {
        Assert.That(rows.Select(row => row.Payload), Is.EqualTo(Enumerable.Range(0, rows.Count)));
        Assert.That(rows.All(row => Math.Abs(row.Features![0] - ColourImages.Expected(row.Payload % 10)[0]) < 1e-5), Is.True);
    }
}
