using System.Globalization;
using System.Text.Json;
using FeatureTransfer.Adaptation;
using FeatureTransfer.Neighbours;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Splits;

namespace FeatureTransfer.Pipelines.Tests.Running.Adapting;

/// <summary>The temperature and the limits of the model that is kept for a target.</summary>
public class KeptLimitsTests
{
    private const int Rows = 120;
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-kept-limits-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>
    /// All rows of a class are one point, so a model is as sure of each, and the temperature of least log-loss makes that the share of calibration rows that are right: in
    /// the target a fifth has the other label.
    /// </summary>
    [Test]
    public async Task Run_AdaptedModel_IsAsSureAsItIsRightOnTheTargetsOtherRows()
    {
        var pipeline = Pipeline(new TargetOptions { Data = Write("target.csv", 4, wrongEvery: 5), Methods = [AdaptationMethod.Standardize] }, new EvaluationOptions { Calibrate = true, Conformal = new ConformalOptions { Coverage = 0.6 } });
        var result = await new PipelineRunner().RunAsync(pipeline);
        var target = result.Target!;
        Assert.That(target.Keep, Is.EqualTo("Standardize"), target.Why);

        // 24 of 120 labels are wrong; those that do not judge calibrate.
        var wrong = (24 - (60 * (1 - target.Candidates[1].Accuracy!.Value))) / 60;
        using var bundle = Bundle.Load(result.BundlePath!);
        var judged = BundleEvaluation.OnAll(bundle, pipeline with { Data = pipeline.Target!.Data });
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out", "metrics.json")));
        Assert.Multiple(() =>
        {
            Assert.That(target.LimitRows, Is.EqualTo(60));
            Assert.That(judged.Metrics.Predictions.Select(row => row.Confidence), Is.All.EqualTo(1 - wrong).Within(0.03));
            Assert.That(bundle.Manifest.Limits!.Sets!.Threshold, Is.EqualTo(wrong).Within(0.03), "of the rows that are right, 1 less the confidence");
            Assert.That(bundle.Manifest.Limits.Sets.Rows, Is.EqualTo(60));
            Assert.That(target.Calibration!.Temperature, Is.EqualTo(bundle.Manifest.Temperature!.Value).And.GreaterThan(2 * result.Calibration!.Temperature), "no label of the source is wrong");
            Assert.That(target.Calibration.After!.LogLoss, Is.LessThan(target.Calibration.Before!.LogLoss));
            Assert.That(target.Limits!.Sets!.Covered, Is.EqualTo(target.Candidates[1].Accuracy), "each set is the answer");
            Assert.That(bundle.Manifest.Test!["logLoss"], Is.EqualTo(target.Calibration.After.LogLoss).Within(1e-4));
            Assert.That(result.Limits!.Sets!.Rows, Is.EqualTo(result.TrainRows), "the run's own are those of the plain model");
            Assert.That(metrics.RootElement.GetProperty("target").GetProperty("calibration").GetProperty("temperature").GetDouble(), Is.EqualTo(bundle.Manifest.Temperature));
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("On the target's held-out rows: at a temperature of").And.Contain("60 labelled rows of the target that do not judge"));
        });
    }

    /// <summary>The nearest neighbour is never wrong about rows that it learned from; sets that these had given would hold the label as seldom as it is right.</summary>
    [Test]
    public async Task Run_ModelOfTargetLabels_IsNotFlatteredByRowsThatTaughtIt()
    {
        var pipeline = Pipeline(
            new TargetOptions { Data = Write("target.csv", 4, wrongEvery: 10, spread: 0.5), Methods = [], Models = [TargetModel.TargetOnly] },
            new EvaluationOptions { Conformal = new ConformalOptions() },
            new KNearestNeighboursStep { K = 1, Metric = SimilarityMetric.Euclidean });
        var result = await new PipelineRunner().RunAsync(pipeline);
        Assert.That(result.Target!.Keep, Is.EqualTo("TargetOnly"), result.Target.Why);
        Assert.That(result.Target.Candidates[1].Accuracy, Is.LessThan(0.9));
        Assert.That(result.Target.Limits!.Sets!.Covered, Is.GreaterThan(0.95), "0.9 were asked for, and answers are right more seldom: sets hold both labels");
        Assert.That(result.Target.Calibration, Is.Null, "no temperature was asked for");
    }

    [Test]
    public async Task Run_TargetWithoutLabels_SaysThatTheSourceGaveTheTemperature()
    {
        var data = Write("target.csv", 4, labelled: false);
        var result = await new PipelineRunner().RunAsync(Pipeline(new TargetOptions { Data = data, Methods = [AdaptationMethod.Coral] }, new EvaluationOptions { Calibrate = true }));
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.Multiple(() =>
        {
            Assert.That(result.Notes, Has.One.Contains("the plain model's temperature, found on rows of the source, may not hold on the target").And.Contains("ft evaluate"));
            Assert.That((result.Target!.LimitRows, result.Target.Calibration), Is.EqualTo(((int?)0, (CalibrationReport?)null)));
            Assert.That(bundle.Manifest.Temperature, Is.EqualTo(result.Calibration!.Temperature));
        });
    }

    /// <summary>Nothing is to be gained where the domains are alike, and a fifth of wrong labels makes the plain model too sure.</summary>
    [Test]
    public async Task Run_PlainModelIsKept_ShowsWhatItsTemperatureDoesOnTheTarget()
    {
        var result = await new PipelineRunner().RunAsync(Pipeline(new TargetOptions { Data = Write("target.csv", 0, wrongEvery: 5), Methods = [AdaptationMethod.Standardize] }, new EvaluationOptions { Calibrate = true }));
        Assert.That(result.Target!.Keep, Is.EqualTo(DomainComparison.SourceOnly));
        Assert.That(result.Notes, Has.One.Contains("stands beside the comparison"));
        Assert.That(result.Target.Calibration!.Temperature, Is.EqualTo(result.Calibration!.Temperature));
        Assert.That(result.Target.Calibration.After!.LogLoss, Is.GreaterThan(result.Target.Calibration.Before!.LogLoss), "colder by the source, where all is right");
    }

    [Test]
    public async Task Run_TrainerWithoutTheColumn_SaysThatNothingIsUnknown()
    {
        var pipeline = Pipeline(
            new TargetOptions { Data = Write("target.csv", 4), Methods = [], Models = [TargetModel.TrAdaBoost] },
            new EvaluationOptions { Conformal = new ConformalOptions(), Unknown = new UnknownOptions() },
            new LinearProbeStep { LogitsColumn = "Logits" });
        var result = await new PipelineRunner().RunAsync(pipeline);
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.That(result.Target!.Keep, Is.EqualTo("TrAdaBoost"), result.Target.Why);
        Assert.That(result.Notes, Has.One.Contains("nothing is called unknown: TrAdaBoost").And.Contains("\"Logits\""));
        Assert.That((bundle.Manifest.Limits!.Unknown, bundle.Manifest.Limits.Sets!.Rows), Is.EqualTo(((UnknownLimit?)null, 60)));
    }

    [Test]
    public async Task Run_NoLimitsAreAskedFor_TheModelFileHasNone()
    {
        var result = await new PipelineRunner().RunAsync(Pipeline(new TargetOptions { Data = Write("target.csv", 4), Methods = [AdaptationMethod.Standardize] }, new EvaluationOptions()));
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.That(result.Target!.Keep, Is.EqualTo("Standardize"), result.Target.Why);
        Assert.That((bundle.Manifest.Temperature, bundle.Manifest.Limits, result.Target.LimitRows), Is.EqualTo(((double?)null, (AnswerLimits?)null, (int?)null)));
    }

    /// <summary>Groups of two rows, one label each, over both domains; rows 8 and 9 judge, and rows 6 and 7 have no label.</summary>
    [Test]
    public void Folds_Groups_HoldEachLabelledRowOutOnceAndNoSourceRowOfItsGroupTeaches()
    {
        var definition = Pipeline(null, new EvaluationOptions()) with { Split = new SplitOptions { Folds = 5, GroupColumn = "item" } };
        var table = new Table(10).With("item", [.. Enumerable.Range(0, 10).Select(row => $"i{row / 2}")]);
        var target = table.With("Label", ["a", "a", "b", "b", "a", "a", "", "", "b", "b"]);
        var folds = new DomainTables(table, target, new SourceRows("target", [], [])).Folds(definition, new DomainSplit([.. Enumerable.Range(0, 8)], new SplitRows([.. Enumerable.Range(0, 8)], [8, 9])));
        Assert.Multiple(() =>
        {
            Assert.That(folds, Has.Count.EqualTo(3), "as many as groups with a label");
            Assert.That(folds.SelectMany(fold => fold.Target.Test), Is.EquivalentTo(Enumerable.Range(0, 6)));
            foreach (var fold in folds)
            {
                Assert.That(fold.Target.Train, Is.EqualTo(Enumerable.Range(0, 8).Except(fold.Target.Test)));
                Assert.That(fold.Source, Is.EqualTo(Enumerable.Range(0, 8).Except(fold.Target.Test)), "the same groups are in the source");
            }
        });
    }

    [Test]
    public void Folds_OneLabelledRow_AreNone()
    {
        var target = new Table(3).With("Label", ["a", "", "b"]);
        var tables = new DomainTables(target, target, new SourceRows("target", [], []));
        Assert.That(tables.Folds(Pipeline(null, new EvaluationOptions()), new DomainSplit([0, 1, 2], new SplitRows([0, 1], [2]))), Is.Empty);
    }

    private PipelineDefinition Pipeline(TargetOptions? target, EvaluationOptions evaluation, PipelineStep? trainer = null)
    {
        var builder = PipelineDefinition.From(Write("source.csv", 0), "kept")
            .Split(new SplitOptions { Folds = 3 })
            .Append(new ConcatenateStep { Output = "Features", Inputs = ["x"] })
            .Append(new MapValueToKeyStep { Output = "Label" })
            .Append(trainer ?? new LbfgsMaximumEntropyStep { L2Regularization = 0.1f })
            .Evaluate(evaluation)
            .Write(new OutputOptions { Folder = "out" });
        return (target is null ? builder : builder.Target(target)).Build() with { BaseFolder = _folder };
    }

    // A class lies at one point, another at the next, unless they are spread.
    private CsvSource Write(string name, double moved, int wrongEvery = 0, double spread = 0, bool labelled = true)
    {
        var random = new Random(5);
        File.WriteAllLines(Path.Combine(_folder, name), Enumerable.Range(0, Rows).Select(row =>
        {
            var isWrong = wrongEvery > 0 && row % (2 * wrongEvery) < 2;
            return string.Create(CultureInfo.InvariantCulture, $"{moved + (row % 2) + (spread * random.NextDouble())},{(labelled ? "ab"[(row % 2) ^ (isWrong ? 1 : 0)] : "")}");
        }).Prepend("x,label"));
        return new CsvSource { Path = name, Image = null, Numbers = ["x"] };
    }
}
