using System.Globalization;
using System.Text;
using System.Text.Json;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Runs over tables of numbers, which need no backbone.</summary>
public class PipelineRunnerTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-runner-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Run_SeparableNumbers_LearnsThemAndWritesTheOutputs()
    {
        var result = await RunAsync(Definition(Csv(Rows(90))));
        Assert.That(result.Test!.Metrics["microAccuracy"], Is.GreaterThan(0.9));
        Assert.That(result.CrossValidation!.Folds, Has.Count.EqualTo(6));
        Assert.That(result.TrainRows + result.TestRows, Is.EqualTo(90));
        Assert.That(result.Test.ConfusionCounts.Sum(row => row.Sum()), Is.EqualTo(result.TestRows));
        Assert.That(File.ReadAllLines(Path.Combine(_folder, "out", "predictions.csv")), Has.Length.EqualTo(result.TestRows + 1));
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out", "metrics.json")));
        Assert.That(metrics.RootElement.GetProperty("test").GetProperty("microAccuracy").GetDouble(), Is.EqualTo(result.Test.Metrics["microAccuracy"]));
    }

    [Test]
    public async Task Run_Twice_GivesTheSame()
    {
        var definition = Definition(Csv(Rows(60)));
        var first = await RunAsync(definition);
        var second = await RunAsync(definition);
        Assert.That(second.Test!.Predictions, Is.EqualTo(first.Test!.Predictions));
        Assert.That(second.CrossValidation!.Mean, Is.EqualTo(first.CrossValidation!.Mean));
        Assert.That(Fingerprint(second), Is.EqualTo(Fingerprint(first)).And.Length.EqualTo(64));
    }

    [Test]
    public async Task Run_OtherData_GivesAnotherFingerprint()
    {
        var first = await RunAsync(Definition(Csv(Rows(60))));
        var print = Fingerprint(first);
        var second = await RunAsync(Definition(Csv(Rows(61))));
        Assert.That(Fingerprint(second), Is.Not.EqualTo(print));
    }

    [Test]
    public async Task Run_Bundle_CarriesTheMetrics()
    {
        var result = await RunAsync(Definition(Csv(Rows(60))));
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.That(bundle.Manifest.CrossValidation, Is.EqualTo(result.CrossValidation!.Mean));
        Assert.That(bundle.Manifest.Test!["logLoss"], Is.EqualTo(result.Test!.Metrics["logLoss"]));
        Assert.That(bundle.Labels, Is.EquivalentTo(new[] { "low", "middle", "high" }));
    }

    [Test]
    public async Task Predict_BundleOfNumbers_SaysThatFilesAreNotEnough()
    {
        var result = await RunAsync(Definition(Csv(Rows(30))));
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.That(() => bundle.Predict(["a.png"]), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(result.BundlePath).And.Message.Contains("'x'"));
    }

    [Test]
    public void Run_LinesThatTheSourceRejects_CountAgainstAllLines()
    {
        var definition = Definition(Csv(Rows(30) + string.Concat(Enumerable.Repeat("broken\n", 10))));
        Assert.That(async () => await RunAsync(definition), Throws.TypeOf<TooManyRejectedException>().With.Message.Contains("10 of 40"));
        Assert.That(File.ReadAllLines(Path.Combine(_folder, "out", "rejected.jsonl")), Has.Length.EqualTo(10));
        Assert.That(async () => await RunAsync(definition with { Evaluation = new EvaluationOptions { MaxRejectedShare = 0.25 } }), Throws.Nothing);
    }

    [Test]
    public void Run_FewerGroupsThanFolds_SaysSo()
    {
        var definition = Definition(Csv(Rows(60)) with { Group = "label" });
        Assert.That(async () => await RunAsync(definition), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("split.folds"));
    }

    [Test]
    public void Run_GroupsThatLeaveOneLabelToTrainOn_SaysSo()
    {
        var definition = Definition(Csv("0,0,low\n0,1,low\n9,9,high\n") with { Group = "label" }) with { Split = new SplitOptions { TestFraction = 0.4, Folds = 0 } };
        Assert.That(async () => await RunAsync(definition), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("the training rows have one label"));
    }

    [Test]
    public void Run_ExtractFeaturesBehindATrainer_SaysToMoveIt()
    {
        var definition = Definition(Csv(Rows(10)));
        definition = definition with { Estimators = [.. definition.Estimators, new ExtractFeaturesStep { Backbone = "any" }] };
        Assert.That(async () => await RunAsync(definition), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("move it to the front"));
    }

    [Test]
    public void Run_NoTrainer_SaysWhatIsMissing() =>
        Assert.That(async () => await RunAsync(Definition(Csv(Rows(10))) with { Estimators = [] }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no step is a trainer"));

    [Test]
    public void Run_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.That(async () => await new PipelineRunner().RunAsync(Definition(Csv(Rows(30))), source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static string Fingerprint(RunResult result)
    {
        using var bundle = Bundle.Load(result.BundlePath!);
        return bundle.Manifest.DataFingerprint;
    }

    private static Task<RunResult> RunAsync(PipelineDefinition definition) => new PipelineRunner().RunAsync(definition);

    private static string Rows(int count)
    {
        var random = new Random(7);
        var text = new StringBuilder();
        for (var row = 0; row < count; row++)
        {
            var kind = row % 3;
            text.Append(CultureInfo.InvariantCulture, $"{(kind * 4) + random.NextDouble()},{random.NextDouble()},{(kind == 0 ? "low" : kind == 1 ? "middle" : "high")}\n");
        }

        return text.ToString();
    }

    private CsvSource Csv(string rows)
    {
        var file = Path.Combine(_folder, "rows.csv");
        File.WriteAllText(file, "x,y,label\n" + rows);
        return new CsvSource { Path = file, Image = null, Numbers = ["x", "y"] };
    }

    private PipelineDefinition Definition(DataSource data) => PipelineDefinition.From(data, "numbers")
        .Split(new SplitOptions { Folds = 3, Repeats = 2 })
        .Append(new ConcatenateStep { Output = "Features", Inputs = ["x", "y"] })
        .Append(new MapValueToKeyStep { Output = "Label" })
        .Append(new LbfgsMaximumEntropyStep { L1Regularization = 0, L2Regularization = 0.01f })
        .Write(new OutputOptions { Folder = Path.Combine(_folder, "out") })
        .Build();
}
