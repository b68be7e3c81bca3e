using System.Globalization;
using System.Text;
using System.Text.Json;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running.Tasks;

/// <summary>Runs of each task over tables of numbers, which need no backbone.</summary>
public class TaskRunTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-tasks-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Run_Binary_IsJudgedAtTheThresholdThatItsBundleKeeps()
    {
        var result = await RunAsync(Definition(PipelineTask.Binary, new LbfgsLogisticRegressionStep(), Rows(x => x > 5 ? "yes" : "no", flipped: true)));
        Assert.Multiple(() =>
        {
            Assert.That(result.Labels, Is.EqualTo(new[] { "no", "yes" }));
            Assert.That(result.Test!.Metrics.Headline!.Name, Is.EqualTo("accuracy"));
            Assert.That(result.Test.Metrics["areaUnderRocCurve"], Is.GreaterThan(0.9));
            Assert.That(result.Test.Metrics["logLoss"], Is.Not.Null);
            Assert.That(result.Test.Binary!.Threshold, Is.EqualTo(result.Threshold).And.Not.EqualTo(0.5).And.InRange(0, 1));
            Assert.That(result.CrossValidation!.Mean["f1Score"], Is.GreaterThan(0.8));
            Assert.That(result.Test.Predictions.Count(row => row.Label == row.Predicted) / (double)result.TestRows, Is.EqualTo(result.Test.Metrics["accuracy"]).Within(1e-9));
        });
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.That((bundle.Task, bundle.Manifest.Threshold), Is.EqualTo((PipelineTask.Binary, result.Threshold)));
        Assert.That(bundle.Manifest.Test, Is.EqualTo(result.Test!.Metrics));
    }

    [Test]
    public async Task Run_BinaryWithAPositiveLabel_CallsTheOthersByTheirNames()
    {
        var definition = Definition(PipelineTask.Binary, new AveragedPerceptronStep(), Rows(x => x > 5 ? "dog" : "cat"));
        var result = await RunAsync(definition with { Evaluation = new EvaluationOptions { PositiveLabel = "dog" } });
        Assert.That(result.Labels, Is.EqualTo(new[] { "cat", "dog" }));
        Assert.That(result.Test!.Metrics["accuracy"], Is.GreaterThan(0.8));
        Assert.That(result.Test.Metrics["logLoss"], Is.Null, "the averaged perceptron gives no probabilities");
    }

    [Test]
    public async Task Run_BinaryWithoutFolds_TakesTheTrainersOwnThreshold()
    {
        var definition = Definition(PipelineTask.Binary, new LbfgsLogisticRegressionStep(), Rows(x => x > 5 ? "1" : "0"));
        Assert.That((await RunAsync(definition with { Split = new SplitOptions { Folds = 0 } })).Threshold, Is.EqualTo(0.5));
        definition = Definition(PipelineTask.Binary, new AveragedPerceptronStep(), Rows(x => x > 5 ? "1" : "0"));
        Assert.That((await RunAsync(definition with { Split = new SplitOptions { Folds = 0 } })).Threshold, Is.Zero);
    }

    [TestCase(PipelineTask.Binary)]
    [TestCase(PipelineTask.Regression)]
    public async Task OnHeldOut_RowsOfNumbers_JudgesAsTheRunDid(PipelineTask task)
    {
        var definition = task == PipelineTask.Binary
            ? Definition(task, new LbfgsLogisticRegressionStep(), Rows(x => x > 5 ? "yes" : "no", flipped: true))
            : Definition(task, new FastTreeStep(), Rows(x => x.ToString(CultureInfo.InvariantCulture)));
        var result = await RunAsync(definition);
        using var bundle = Bundle.Load(result.BundlePath!);
        var judged = BundleEvaluation.OnHeldOut(bundle, definition).Metrics;
        Assert.That(judged.Metrics, Is.EqualTo(result.Test!.Metrics));
        Assert.That(BundleEvaluation.OnAll(bundle, definition).Metrics.Rows, Is.EqualTo(result.Rows));
    }

    [Test]
    public async Task OnAll_OtherLabels_SaysSo()
    {
        var definition = Definition(PipelineTask.Binary, new LbfgsLogisticRegressionStep(), Rows(x => x > 5 ? "dog" : "cat"));
        definition = definition with { Evaluation = new EvaluationOptions { PositiveLabel = "dog" } };
        using var bundle = Bundle.Load((await RunAsync(definition)).BundlePath!);
        var others = Definition(PipelineTask.Binary, new LbfgsLogisticRegressionStep(), Rows(x => x > 5 ? "rose" : "tulip"));
        Assert.That(() => BundleEvaluation.OnAll(bundle, others), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("none of its labels (").And.Message.Contains("(cat, dog)"));
    }

    [Test]
    public async Task Run_BinaryWithAThreshold_KeepsIt()
    {
        var definition = Definition(PipelineTask.Binary, new LbfgsLogisticRegressionStep(), Rows(x => x > 5 ? "1" : "0", flipped: true));
        var result = await RunAsync(definition with { Evaluation = new EvaluationOptions { Threshold = 0.9 } });
        Assert.That((result.Threshold, result.Test!.Binary!.Threshold), Is.EqualTo((0.9, 0.9)));
        Assert.That(result.CrossValidation!.Mean["positiveRecall"], Is.LessThan((await RunAsync(definition)).CrossValidation!.Mean["positiveRecall"]!.Value), "the folds are judged with it too");
    }

    [Test]
    public async Task Run_Regression_LearnsTheNumberAndWritesTheOutputs()
    {
        var result = await RunAsync(Definition(PipelineTask.Regression, new FastTreeStep(), Rows(x => ((3 * x) + 1).ToString(CultureInfo.InvariantCulture))));
        Assert.Multiple(() =>
        {
            Assert.That(result.Test!.Metrics.Select(metric => metric.Name), Is.EqualTo(new[] { "rSquared", "meanAbsoluteError", "rootMeanSquaredError", "meanSquaredError" }));
            Assert.That(result.Test.Metrics["rSquared"], Is.GreaterThan(0.95));
            Assert.That(result.CrossValidation!.Mean["rSquared"], Is.GreaterThan(0.9));
            Assert.That(result.Test.Regression!.Predictions, Has.Count.EqualTo(result.TestRows));
            Assert.That(result.Labels, Is.Empty);
            Assert.That(File.ReadAllLines(Path.Combine(_folder, "out", "predictions.csv")), Has.Length.EqualTo(result.TestRows + 1).And.ItemAt(0).EqualTo("input,truth,predicted"));
        });
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out", "metrics.json")));
        Assert.That(metrics.RootElement.GetProperty("task").GetString(), Is.EqualTo("regression"));
        Assert.That(metrics.RootElement.GetProperty("test").GetProperty("rSquared").GetDouble(), Is.EqualTo(result.Test!.Metrics["rSquared"]));
        Assert.That(metrics.RootElement.GetProperty("crossValidation").GetProperty("folds")[0].GetProperty("meanAbsoluteError").GetDouble(), Is.EqualTo(result.CrossValidation!.Folds[0].Metrics["meanAbsoluteError"]));
    }

    [Test]
    public async Task Run_RegressionOfAColumnOfNumbers_TakesItAsTheLabel()
    {
        var definition = Definition(PipelineTask.Regression, new FastTreeStep { LabelColumn = "y" }, Rows(_ => "any"));
        var result = await RunAsync(definition with { Estimators = [new ConcatenateStep { Output = "Features", Inputs = ["x", "y"] }, new FastTreeStep { LabelColumn = "y" }], Evaluation = new EvaluationOptions { LabelColumn = "y" } });
        Assert.That(result.Test!.Metrics["rSquared"], Is.GreaterThan(0.95));
    }

    [Test]
    public async Task Run_LabelsThatAreNotOfTheTask_AreRejectedWhereTheyStand()
    {
        var definition = Definition(PipelineTask.Regression, new FastTreeStep(), Rows(x => x.ToString(CultureInfo.InvariantCulture)) + "1,1,12 cm\n1,1,NaN\n1,1,\n");
        var result = await RunAsync(definition);
        Assert.That(result.Rejected.Select(row => row.Reason), Is.EqualTo(new[]
        {
            "the field \"label\" is \"12 cm\", expected a number such as 1.5",
            "the field \"label\" is \"NaN\", expected a number such as 1.5",
            "the field \"label\" is empty, so the row has no label",
        }));
        Assert.That(result.Rejected[0].Input, Does.EndWith("rows.csv(122)"));
    }

    [Test]
    public void Run_BinaryLabelsOfWords_SaysToNameThePositiveOne()
    {
        var definition = Definition(PipelineTask.Binary, new LbfgsLogisticRegressionStep(), Rows(x => x > 5 ? "dog" : "cat"));
        Assert.That(async () => await RunAsync(definition), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("evaluation.positiveLabel"));
        definition = definition with { Evaluation = new EvaluationOptions { PositiveLabel = "dogs" } };
        Assert.That(async () => await RunAsync(definition), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no row has the label 'dogs'").And.Message.Contains("dog"));
    }

    [Test]
    public void Run_BinaryOfOneLabel_SaysSo()
    {
        var definition = Definition(PipelineTask.Binary, new LbfgsLogisticRegressionStep(), Rows(x => x > 5 ? "1" : "true"));
        Assert.That(async () => await RunAsync(definition), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("have one label, 'true'").Or.Message.Contains("have one label, '1'"));
    }

    [Test]
    public void Run_TrainerOfAnotherTask_NamesItsPlace()
    {
        var definition = Definition(PipelineTask.Regression, new LbfgsMaximumEntropyStep(), Rows(x => x.ToString(CultureInfo.InvariantCulture)));
        Assert.That(async () => await RunAsync(definition), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("estimators[1]: LbfgsMaximumEntropy cannot end a pipeline whose task is regression"));
    }

    [Test]
    public async Task Run_BinaryWithClassWeights_CountsBothLabelsAlike()
    {
        var definition = Definition(PipelineTask.Binary, new PriorStep { ExampleWeightColumn = "Weight" }, Rows(x => x > 8 ? "yes" : "no"));
        var result = await RunAsync(definition with { Estimators = [new ClassWeightsStep(), .. definition.Estimators] });
        Assert.That(result.Test!.Predictions.Select(row => row.Confidence), Is.All.EqualTo(0.5).Within(1e-4), "the weighted share of either label");
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.That(BundleEvaluation.OnHeldOut(bundle, definition).Metrics.Metrics, Is.EqualTo(result.Test.Metrics), "predicting needs no label");
    }

    [Test]
    public async Task Run_MulticlassWithClassWeights_FindsMoreOfTheRareClass()
    {
        // However large x is, "common" is the better guess.
        var random = new Random(5);
        var definition = Definition(PipelineTask.Multiclass, new MapValueToKeyStep { Output = "Label" }, Rows(x => random.NextDouble() < x / 40 ? "rare" : "common"));
        Task<RunResult> Learn(params PipelineStep[] steps) => RunAsync(definition with { Estimators = [.. definition.Estimators, .. steps] });
        var plain = await Learn(new LbfgsMaximumEntropyStep());
        var balanced = await Learn(new ClassWeightsStep(), new LbfgsMaximumEntropyStep { ExampleWeightColumn = "Weight" });
        Assert.That(Recall(plain), Is.Zero);
        Assert.That(Recall(balanced), Is.GreaterThan(0.4));

        static double Recall(RunResult result) => result.Test!.PerClass.Single(label => label.Label == "rare").Recall;
    }

    [Test]
    public void Read_TrainerOfAnotherTask_IsAFaultAtItsPlace() => Assert.That(
        () => PipelineReader.Parse("{ \"task\": \"binary\", \"data\": { \"type\": \"csv\", \"path\": \"x\" },\n\"estimators\": [ { \"type\": \"OnlineGradientDescent\" } ] }", "p.json"),
        Throws.TypeOf<PipelineFormatException>().With.Message.Contains("p.json(2,").And.Message.Contains("$.estimators[0]: OnlineGradientDescent cannot end a pipeline whose task is binary"));

    private static Task<RunResult> RunAsync(PipelineDefinition definition) => new PipelineRunner().RunAsync(definition);

    // With some rows on the wrong side, a threshold is a choice.
    private static string Rows(Func<double, string> label, bool flipped = false)
    {
        var random = new Random(3);
        var text = new StringBuilder();
        for (var row = 0; row < 120; row++)
        {
            var x = Math.Round(random.NextDouble() * 10, 3);
            text.Append(CultureInfo.InvariantCulture, $"{Math.Round(x + (0.02 * random.NextDouble()), 4)},{Math.Round(random.NextDouble(), 4)},{label(flipped && row % 10 == 0 ? 10 - x : x)}\n");
        }

        return text.ToString();
    }

    private PipelineDefinition Definition(PipelineTask task, PipelineStep trainer, string rows)
    {
        var file = Path.Combine(_folder, "rows.csv");
        File.WriteAllText(file, "x,y,label\n" + rows);
        return PipelineDefinition.From(new CsvSource { Path = file, Image = null, Numbers = ["x", "y"] }, "numbers")
            .Predict(task)
            .Split(new SplitOptions { Folds = 3 })
            .Append(new ConcatenateStep { Output = "Features", Inputs = ["x", "y"] })
            .Append(trainer)
            .Write(new OutputOptions { Folder = Path.Combine(_folder, "out") })
            .Build();
    }
}
