using System.Collections.Concurrent;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Pipelines.Tests.Advising;

/// <summary>One backbone sees colours, which are the classes; the others give the same features for every image.</summary>
public sealed class AdvisorTests
{
    private const int PerClass = 30;
    private string _folder = "";

    [OneTimeSetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("ft-advice-").FullName;
        foreach (var (label, red) in new[] { ("red", 200), ("blue", 20) })
        {
            Directory.CreateDirectory(Path.Combine(_folder, "photos", label));
            for (var i = 0; i < PerClass; i++)
                File.WriteAllBytes(Path.Combine(_folder, "photos", label, $"{i}.png"), TestImages.SolidPng(6, 6, (byte)(red + i), 60, (byte)(220 - red + i)));
        }

        SmallModels.Colours().Save(Path.Combine(_folder, "colours.onnx"));
        for (var i = 0; i < 5; i++)
            SmallModels.Colours(factor: 0).Save(Path.Combine(_folder, $"blind{i}.onnx"));
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Advise_SixBackbones_DropsBlindOnesAfterTheFirstRoundAndTakesTheOther()
    {
        var advice = await new Advisor().AdviseAsync(Definition(0.2), new AdviceOptions { Backbones = [.. Enumerable.Range(0, 5).Select(i => $"blind{i}.onnx"), "colours.onnx"], FirstRows = 12 });
        Assert.Multiple(() =>
        {
            Assert.That(advice.Pick.Backbone, Is.EqualTo("colours.onnx"));
            Assert.That((advice.Pick.Round, advice.Pick.Rows, advice.Pick.Score), Is.EqualTo((2, 36, 1.0)));
            Assert.That(advice.Candidates.Select(candidate => (candidate.Round, candidate.Rows)), Is.EqualTo([(2, 36), (2, 36), (2, 36), (1, 12), (1, 12), (1, 12)]));
            Assert.That(advice.Candidates.Skip(1).Select(candidate => candidate.Score), Is.All.LessThan(0.8));
            Assert.That(((ExtractFeaturesStep)advice.Pipeline.Estimators[0]).Backbone, Is.EqualTo("colours.onnx"));
        });
    }

    [Test]
    public async Task Advise_MoreThanFinalistsOnAllRows_LetsTheOwnChainJudgeTheBestAlone()
    {
        var advice = await new Advisor().AdviseAsync(Definition(0.2), new AdviceOptions { Backbones = ["blind0.onnx", "blind1.onnx", "colours.onnx"], FirstRows = 1000, Finalists = 1 });
        Assert.Multiple(() =>
        {
            Assert.That(advice.Pick.Backbone, Is.EqualTo("colours.onnx"));
            Assert.That(advice.Candidates.Select(candidate => (candidate.Round, candidate.Rows)), Is.EqualTo([(2, 48), (1, 48), (1, 48)]));
        });
    }

    [Test]
    public async Task Advise_BackboneThatStaysInTheRace_IsOpenedOnce()
    {
        var log = new Openings();
        var advice = await new Advisor(FeatureTransferServices.Default with { Logger = log }).AdviseAsync(Definition(0.2), new AdviceOptions { Backbones = ["colours.onnx", "blind0.onnx"], FirstRows = 12, Finalists = 1 });
        Assert.Multiple(() =>
        {
            Assert.That(advice.Pick.Rows, Is.EqualTo(36), "a second round");
            Assert.That(log.Models.Select(Path.GetFileName), Is.EquivalentTo(new[] { "colours.onnx", "blind0.onnx" }));
        });
    }

    [Test]
    public void Advise_NoFinalists_IsRefused() => Assert.That(
        () => new Advisor().AdviseAsync(Definition(0.2), new AdviceOptions { Finalists = 0 }),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Finalists"));

    [Test]
    public void Validate_OptionsOutOfRange_AreNamed()
    {
        foreach (var (options, name) in new (AdviceOptions, string)[] { (new() { FirstRows = 9 }, "FirstRows"), (new() { MaxRows = 9 }, "MaxRows"), (new() { Reduction = 1 }, "Reduction"), (new() { Finalists = 0 }, "Finalists"), (new() { Folds = 1 }, "Folds") })
            Assert.That(options.Validate, Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));
        Assert.That(new AdviceOptions { FirstRows = 10, MaxRows = 10, Reduction = 2, Finalists = 1, Folds = 2 }.Validate, Throws.Nothing);
    }

    [Test]
    public async Task Advise_NoNumberOfFirstRows_BeginsWithForty()
    {
        var told = new Told();
        var services = FeatureTransferServices.Default with { Progress = told };
        var advice = await new Advisor(services).AdviseAsync(Definition(0.2), new AdviceOptions { Backbones = ["colours.onnx", "blind0.onnx", "colours.onnx"], Finalists = 1 });
        var (pick, dropped) = (advice.Pick, advice.Candidates[1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(advice.Candidates.Select(candidate => (candidate.Backbone, candidate.Round, candidate.Rows)), Is.EqualTo([("colours.onnx", 2, 48), ("blind0.onnx", 1, 40)]));
            Assert.That(told.All.Where(told => told.Stage.StartsWith("Comparing", StringComparison.Ordinal)), Is.EqualTo([new WorkProgress("Comparing 2 candidates for colours", 40, 48), new WorkProgress("Comparing 1 candidates for colours", 48, 48)]));
            Assert.That((pick.LogMe > dropped.LogMe, pick.HScore > dropped.HScore, pick.Neighbours > dropped.Neighbours), Is.EqualTo((true, true, true)));
            Assert.That(pick.SizeInBytes, Is.EqualTo(new FileInfo(Path.Combine(_folder, "colours.onnx")).Length));
        }
    }

    [Test]
    public async Task Advise_NetworkOfMultiplications_TellsTheTimeOfARow()
    {
        SmallModels.Convolution().Save(Path.Combine(_folder, "convolution.onnx"));
        var advice = await new Advisor().AdviseAsync(Definition(0.2), new AdviceOptions { Backbones = ["convolution.onnx"], FirstRows = 12 });
        Assert.That((advice.Pick.Round, advice.Pick.Rows), Is.EqualTo((2, 36)), "one candidate runs a second round");
        Assert.That(advice.Candidates.Select(candidate => candidate.SecondsPerRow), Is.All.GreaterThan(0).And.All.LessThan(advice.Elapsed.TotalSeconds));
    }

    [Test]
    public void Advise_ImagesThatCannotBeRead_SaysTheFirstReason()
    {
        foreach (var file in Enumerable.Range(0, 20).Select(i => Path.Combine(_folder, "broken", i < 10 ? "a" : "b", $"{i}.png")))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, $"{file} is no picture");
        }

        Assert.That(
            () => new Advisor().AdviseAsync(Definition(0.2) with { Data = new ImageFolderSource { Path = "broken" } }, new AdviceOptions { Backbones = ["colours.onnx"] }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Match(@"^colours: colours\.onnx could use none of 16 rows\. The first reason: (?!unknown)[^.]"));
    }

    /// <summary>Layers that the step names stand side by side, and are one candidate.</summary>
    [Test]
    public async Task Advise_LayersOfTheStep_AreOneCandidateAndKeepTheOtherOptions()
    {
        var definition = Definition(0.5);
        var step = (ExtractFeaturesStep)definition.Estimators[0] with { Layers = ["times", "shifted"], UnitLength = true };
        var advice = await new Advisor().AdviseAsync(definition with { Estimators = [step, .. definition.Estimators.Skip(1)] }, new AdviceOptions { Backbones = ["colours.onnx"] });
        var named = advice.Candidates.Single(candidate => candidate.Layers.Count == 2);
        var best = (ExtractFeaturesStep)advice.Pipeline.Estimators[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((named.Layers, named.Features), Is.EqualTo((step.Layers, 6)));
            Assert.That((best.Layers, best.UnitLength, advice.Pipeline.Estimators.Count), Is.EqualTo((advice.Pick.Layers, true, 3)));
        }
    }

    [Test]
    public async Task Advise_HalfIsHeldOut_LooksAtTheOtherHalfAlone()
    {
        var advice = await new Advisor().AdviseAsync(Definition(0.5), new AdviceOptions { Backbones = ["colours.onnx"] });
        Assert.That((advice.Rows, advice.Pick.Rows), Is.EqualTo((PerClass, PerClass)));
    }

    [Test]
    public async Task Advise_BaselineThatSeesTheClassesToo_GainHoldsNothing()
    {
        var definition = Definition(0.2);
        var advice = await new Advisor().AdviseAsync(definition with { Evaluation = definition.Evaluation with { Baseline = Baseline.RawPixels } }, new AdviceOptions { Backbones = ["colours.onnx"] });
        Assert.Multiple(() =>
        {
            Assert.That(advice.Baseline!.CrossValidation!.Mean.Headline!.Value, Is.EqualTo(1));
            Assert.That((advice.Gain!.Value.Low, advice.Gain.Value.High), Is.EqualTo((0.0, 0.0)));
        });
    }

    [Test]
    public void Advise_ChainWithoutBackbone_SaysWhatIsMissing()
    {
        var definition = Definition(0.2);
        Assert.That(
            () => new Advisor().AdviseAsync(definition with { Estimators = [.. definition.Estimators.Skip(1)] }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("ExtractFeatures").And.Message.Contains("Add one"));
    }

    private PipelineDefinition Definition(double testFraction) => new()
    {
        Name = "colours",
        BaseFolder = _folder,
        Data = new ImageFolderSource { Path = "photos" },
        Split = new SplitOptions { TestFraction = testFraction },
        Estimators =
        [
            new ExtractFeaturesStep { Backbone = "colours.onnx", UseCache = false },
            new MapValueToKeyStep { Output = "Label" },
            new LbfgsMaximumEntropyStep(),
        ],
    };

    private sealed class Told : IProgress<WorkProgress>
    {
        public ConcurrentQueue<WorkProgress> All { get; } = [];

        public void Report(WorkProgress value) => All.Enqueue(value);
    }

    // A session is told of when it is opened.
    private sealed class Openings : ILogger
    {
        public ConcurrentBag<string> Models { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception) is var text && text.Contains(" runs on the CPU", StringComparison.Ordinal))
                Models.Add(text[..text.IndexOf(" runs on", StringComparison.Ordinal)]);
        }
    }
}
