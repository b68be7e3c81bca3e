using System.Text.Json;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Searches whose best candidate is known.</summary>
public class PipelineSearchTests
{
    private SearchedRows _rows = null!;

    private SearchOptions Nine => new()
    {
        Options = [_rows.Inputs, SearchedOption.Among("estimators[2].l2Regularization", 0.01, 0.1, 1)],
        FirstRows = 10,
    };

    [SetUp]
    public void Make() => _rows = new SearchedRows();

    [TearDown]
    public void Remove() => _rows.Dispose();

    [Test]
    public async Task Run_OneColumnTellsTheClass_TrainsThePipelineWithIt()
    {
        var definition = _rows.Pipeline(new SearchOptions { Options = [_rows.Inputs], Strategy = SearchStrategy.Random });
        var result = await RunAsync(definition);
        var search = result.Search!;
        var winner = PipelineReader.Read(search.WinnerPath!);
        Assert.Multiple(() =>
        {
            Assert.That(search.Trials.Select(trial => trial.Rows), Is.EqualTo([96, 96, 96]));
            Assert.That(search.Trials[0].Options["estimators[0].inputs"].GetRawText(), Is.EqualTo("""["x"]"""));
            Assert.That(search.Trials[0].CrossValidation!.Mean["microAccuracy"], Is.EqualTo(1));
            Assert.That(search.Trials.Skip(1).Select(trial => trial.CrossValidation!.Mean["microAccuracy"]), Is.All.LessThan(0.7));
            Assert.That((result.TrainRows, result.TestRows), Is.EqualTo((96, 24)));
            Assert.That(result.Test!.Metrics["microAccuracy"], Is.EqualTo(1));
            Assert.That(((ConcatenateStep)winner.Estimators[0]).Inputs, Is.EqualTo((ValueList<string>)["x"]));
            Assert.That(winner, Is.EqualTo(definition with { Search = null, Estimators = winner.Estimators }));
            Assert.That(winner.Resolve("rows.csv"), Is.EqualTo(Path.Combine(_rows.Folder, "rows.csv")));
        });
        var again = await RunAsync(winner);
        Assert.That(again.Test!.Predictions, Is.EqualTo(result.Test!.Predictions));
    }

    [Test]
    public async Task Run_Halving_FindsWhatTryingAllFindsOnFewerRows()
    {
        var all = (await RunAsync(_rows.Pipeline(Nine with { Strategy = SearchStrategy.Random }))).Search!;
        File.Delete(_rows.Trials);
        var halved = (await RunAsync(_rows.Pipeline(Nine))).Search!;
        Assert.Multiple(() =>
        {
            Assert.That(all.Trials, Has.Count.EqualTo(9));
            Assert.That(halved.Trials.Select(trial => (trial.Round, trial.Rows)), Is.EqualTo([(2, 96), (2, 96), (2, 96), .. Enumerable.Repeat((1, 32), 6)]));
            Assert.That(Text(halved.Trials[0] with { Round = 1 }), Is.EqualTo(Text(all.Trials[0])));
            Assert.That(halved.Trials[0].CrossValidation!.Mean, Is.EqualTo(all.Trials[0].CrossValidation!.Mean));
            Assert.That(halved.Trials.Take(3).Select(trial => trial.Options["estimators[0].inputs"].GetRawText()), Is.All.EqualTo("""["x"]"""));
            Assert.That(File.ReadLines(_rows.Trials).Count(), Is.EqualTo(12));
        });
    }

    [Test]
    public async Task Run_HeldOutRowsAreSpoilt_FindsTheSameAndJudgesOtherwise()
    {
        var definition = _rows.Pipeline(Nine);
        var first = await RunAsync(definition);
        var heldOut = TrainingRows.Read(definition, FeatureTransferServices.Default).HeldOut;
        _rows.Write(heldOut.Contains);
        File.Delete(_rows.Trials);
        var second = await RunAsync(definition);
        Assert.Multiple(() =>
        {
            Assert.That(heldOut, Has.Count.EqualTo(24));
            Assert.That(second.Search!.Trials.Select(Text), Is.EqualTo(first.Search!.Trials.Select(Text)));
            Assert.That(second.Search.Trials.Select(trial => trial.CrossValidation!.Mean), Is.EqualTo(first.Search.Trials.Select(trial => trial.CrossValidation!.Mean)));
            Assert.That(first.Test!.Metrics["microAccuracy"], Is.EqualTo(1));
            Assert.That(second.Test!.Metrics["microAccuracy"], Is.LessThan(0.5));
        });
    }

    [Test]
    public async Task Run_ImagesThatCannotBeRead_JudgesNoRowThatATrialSaw()
    {
        foreach (var (label, red) in new[] { ("red", 200), ("blue", 20) })
        {
            Directory.CreateDirectory(Path.Combine(_rows.Folder, "photos", label));
            for (var i = 0; i < 15; i++)
                File.WriteAllBytes(Path.Combine(_rows.Folder, "photos", label, $"{i}.png"), i % 4 == 0 ? [1, 2, 3] : TestImages.SolidPng(6, 6, (byte)(red + i), 60, (byte)(220 - red + i)));
        }

        SmallModels.Colours().Save(Path.Combine(_rows.Folder, "colours.onnx"));
        var definition = _rows.Pipeline(new SearchOptions { Options = [SearchedOption.Among("estimators[2].l2Regularization", 0.1, 1)], Folds = 2 }) with
        {
            Data = new ImageFolderSource { Path = "photos" },
            Evaluation = new EvaluationOptions { MaxRejectedShare = 0.5 },
            Estimators = [new ExtractFeaturesStep { Backbone = "colours.onnx", UseCache = false }, new MapValueToKeyStep { Output = "Label" }, new LbfgsMaximumEntropyStep()],
        };
        var result = await RunAsync(definition);
        var rows = TrainingRows.Read(definition, FeatureTransferServices.Default);
        var heldOut = rows.HeldOut.Select(row => rows.Source.Rows[row].Path!).Except(result.Rejected.Select(row => row.Input));
        Assert.Multiple(() =>
        {
            Assert.That(result.Rejected, Has.Count.EqualTo(8));
            Assert.That(result.Test!.Predictions.Select(row => row.Input), Is.EquivalentTo(heldOut));
        });
    }

    [Test]
    public async Task Run_BrokenOff_GoesOnToTheSameEnd()
    {
        var whole = (await RunAsync(_rows.Pipeline(Nine))).Search!;
        File.Delete(_rows.Trials);
        using var stop = new CancellationTokenSource();
        var progress = new Told(report =>
        {
            if (report.Stage.StartsWith("Judging", StringComparison.Ordinal) && report.Done == 10)
                stop.Cancel();
        });
        Assert.That(
            async () => await new PipelineRunner(FeatureTransferServices.Default with { Progress = progress }).RunAsync(_rows.Pipeline(Nine), stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.ReadLines(_rows.Trials).Count(), Is.EqualTo(10));

        // As a process leaves it that is killed while it writes.
        File.AppendAllText(_rows.Trials, File.ReadLines(_rows.Trials).First()[..80]);
        var resumed = (await RunAsync(_rows.Pipeline(Nine))).Search!;
        Assert.Multiple(() =>
        {
            Assert.That((whole.Resumed, resumed.Resumed), Is.EqualTo((0, 10)));
            Assert.That(resumed.Trials.Select(Text), Is.EqualTo(whole.Trials.Select(Text)));
            Assert.That(resumed.Trials.Select(trial => trial.CrossValidation!.Mean), Is.EqualTo(whole.Trials.Select(trial => trial.CrossValidation!.Mean)));
            Assert.That(File.ReadLines(_rows.Trials).Count(), Is.EqualTo(13));
        });
        Assert.That((await RunAsync(_rows.Pipeline(Nine))).Search!.Resumed, Is.EqualTo(12));
    }

    [Test]
    public async Task Run_OtherRows_BeginsAnew()
    {
        await RunAsync(_rows.Pipeline(Nine));
        _rows.Write(row => row == 1);
        Assert.That((await RunAsync(_rows.Pipeline(Nine))).Search!.Resumed, Is.Zero);
    }

    [Test]
    public async Task Run_MoreTrials_KeepsThoseThatWereJudged()
    {
        var random = Nine with { Strategy = SearchStrategy.Random };
        await RunAsync(_rows.Pipeline(random with { Trials = 4 }));
        var more = (await RunAsync(_rows.Pipeline(random with { Trials = 6 }))).Search!;
        Assert.That((more.Resumed, more.Trials.Count), Is.EqualTo((4, 6)));
    }

    [Test]
    public async Task Run_MinutesAreOver_EndsWithTheTrialThatUsedThemUp()
    {
        var services = FeatureTransferServices.Default with { Clock = new MinuteClock() };
        var search = (await new PipelineRunner(services).RunAsync(_rows.Pipeline(Nine with { Strategy = SearchStrategy.Random, Minutes = 2.5 }))).Search!;
        Assert.Multiple(() =>
        {
            Assert.That(search.Trials.Select(trial => trial.Seconds), Is.EqualTo([60.0, 60, 60]));
            Assert.That((search.Seconds, search.OutOfTime), Is.EqualTo((180.0, true)));
        });

        // The minutes of the first run count, so there are none left.
        var again = (await new PipelineRunner(services).RunAsync(_rows.Pipeline(Nine with { Strategy = SearchStrategy.Random, Minutes = 2.5 }))).Search!;
        Assert.That((again.Trials.Count, again.Resumed), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task Run_CandidateThatCannotBeTrained_ComesLastWithItsReason()
    {
        var step = new ProjectToPrincipalComponentsStep { Output = "Features", Rank = 1, OverSampling = 0 };
        var definition = _rows.Pipeline(new SearchOptions { Options = [SearchedOption.Among("estimators[2].rank", 50, 1)], Strategy = SearchStrategy.Random });
        definition = definition with { Estimators = [new ConcatenateStep { Output = "Features", Inputs = ["x", "y"] }, definition.Estimators[1], step, definition.Estimators[2]] };
        var result = await RunAsync(definition);
        Assert.Multiple(() =>
        {
            Assert.That(result.Search!.Trials.Select(trial => trial.Error is null), Is.EqualTo([true, false]));
            Assert.That(result.Search.Trials[1].Error, Does.Contain("ProjectToPrincipalComponents"));
            Assert.That(File.ReadLines(_rows.Trials).Count(), Is.EqualTo(1));
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain(System.Net.WebUtility.HtmlEncode(result.Search.Trials[1].Error)));
        });
    }

    [Test]
    public async Task Run_RatesAndAugmentationOfAFineTuning_AreSearchedToo()
    {
        using var images = new StripedImages(36);
        var definition = new PipelineDefinition
        {
            BaseFolder = images.Folder,
            Data = new ListSource { Items = [.. images.Rows.Select(row => new ListItem { Path = row.ImagePath, Label = row.Class })] },
            Estimators = [new MapValueToKeyStep { Output = "Label" }, new FineTuneStep { Options = new() { Backbone = "small.onnx", TrainableFrom = "conv1", HeadEpochs = 1, Epochs = 1, BatchSize = 8, IntraOpThreads = 1 } }],
            Split = new SplitOptions { Folds = 0 },
            Search = new SearchOptions
            {
                Options = [SearchedOption.Between("estimators[1].learningRate", 0.001, 0.1, SearchScale.Log), new SearchedOption { Path = "estimators[1].augmentation", Values = ["[]", """[{"type":"horizontalFlip"}]"""] }],
                Trials = 3,
                Folds = 2,
            },
        };
        var result = await RunAsync(definition);
        Assert.Multiple(() =>
        {
            Assert.That(result.Search!.Trials.Select(trial => trial.CrossValidation?.Folds.Count), Is.EqualTo([2, 2, 2]), result.Search.Trials[0].Error);
            Assert.That(result.FineTuning!.LearningRate, Is.EqualTo(result.Search.Trials[0].Options["estimators[1].learningRate"].GetDouble()).Within(1e-9));
            Assert.That(images.PathOf("out/checkpoints"), Does.Not.Exist);
        });
    }

    [Test]
    public async Task Run_Outputs_HaveTheTable()
    {
        var result = await RunAsync(_rows.Pipeline(Nine));
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(_rows.Folder, "out", "metrics.json")));
        var search = metrics.RootElement.GetProperty("search");
        Assert.Multiple(() =>
        {
            Assert.That(search.GetProperty("strategy").GetString(), Is.EqualTo("halving"));
            Assert.That(search.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("number").GetInt32()), Is.EqualTo(result.Search!.Trials.Select(trial => trial.Number)));
            Assert.That(search.GetProperty("trials")[0].GetProperty("options").GetProperty("estimators[0].inputs")[0].GetString(), Is.EqualTo("x"));
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("<h2>Search</h2>").And.Contain("<th class=\"left\">l2Regularization</th>").And.Contain("9 candidates"));
        });
    }

    private static string Text(SearchTrial trial) => $"{trial.Number} {trial.Round} {trial.Rows} {string.Join(' ', trial.Options.Select(option => $"{option.Key}={option.Value.GetRawText()}"))}";

    private static Task<RunResult> RunAsync(PipelineDefinition definition) => new PipelineRunner().RunAsync(definition);

    private sealed class Told(Action<WorkProgress> told) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => told(value);
    }

    /// <summary>A minute goes by whenever it is asked.</summary>
    private sealed class MinuteClock : TimeProvider
    {
        private long _minutes;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => 60 * _minutes++;
    }
}
