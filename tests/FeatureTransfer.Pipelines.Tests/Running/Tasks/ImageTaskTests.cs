using System.Globalization;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running.Tasks;

/// <summary>Fine-tuning in each task, from run to bundle.</summary>
public class ImageTaskTests
{
    private readonly StripedImages _images = new(60);

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public async Task Run_Binary_PredictsAndJudgesByItsThreshold()
    {
        var definition = Definition(PipelineTask.Binary, row => row.IsLevel ? "yes" : "no") with { Split = new SplitOptions { TestFraction = 0.3, Folds = 2 } };
        var result = await new PipelineRunner().RunAsync(definition);
        using var bundle = Bundle.Load(result.BundlePath!);
        var answers = bundle.Predict([.. _images.Rows.Select(row => row.ImagePath)]);
        var single = bundle.Predict(_images.Rows[0].ImagePath);
        var judged = BundleEvaluation.OnHeldOut(bundle, definition).Metrics;
        Assert.Multiple(() =>
        {
            Assert.That(answers, Has.All.Matches<Prediction>(answer => answer!.Label == (answer.Probability >= result.Threshold ? "yes" : "no")));
            Assert.That(single.Label, Is.EqualTo(answers[0].Label));
            Assert.That(single.Score, Is.EqualTo(answers[0].Score).Within(1e-4));
            Assert.That(judged.Metrics["areaUnderRocCurve"], Is.EqualTo(result.Test!.Metrics["areaUnderRocCurve"]).Within(1e-6).And.GreaterThan(0.7));
            Assert.That(judged.Predictions.Select(row => (row.Input, row.Predicted)), Is.EqualTo(result.Test.Predictions.Select(row => (row.Input, row.Predicted))));
        });
    }

    [Test]
    public async Task Run_Regression_PredictsNumbers()
    {
        var definition = Definition(PipelineTask.Regression, row => row.Amount.ToString(CultureInfo.InvariantCulture));
        var result = await new PipelineRunner().RunAsync(definition);
        using var bundle = Bundle.Load(result.BundlePath!);
        var answer = bundle.Predict(_images.Rows[0].ImagePath);
        Assert.That(result.Test!.Metrics["rSquared"], Is.GreaterThan(0.2));
        Assert.That((answer.Label, answer.Confidence), Is.EqualTo((answer.Score!.Value.ToString(CultureInfo.InvariantCulture), (double?)null)));
        Assert.That(BundleEvaluation.OnHeldOut(bundle, definition).Metrics.Metrics["meanAbsoluteError"], Is.EqualTo(result.Test.Metrics["meanAbsoluteError"]).Within(1e-3));
    }

    [Test]
    public async Task Run_MultiLabel_GivesTheLabelsAboveTheThreshold()
    {
        var definition = Definition(PipelineTask.MultiLabel, row => row.Class switch { "level" => "plain;level", "upright" => "plain", _ => "" });
        definition = definition with { Evaluation = new EvaluationOptions { LabelSeparator = ";" } };
        var result = await new PipelineRunner().RunAsync(definition);
        using var bundle = Bundle.Load(result.BundlePath!);
        var answer = bundle.Predict(_images.Rows[0].ImagePath);
        Assert.Multiple(() =>
        {
            Assert.That(result.Labels, Is.EqualTo(new[] { "level", "plain" }));
            Assert.That(result.Test!.Metrics.Headline!.Name, Is.EqualTo("microF1"));
            Assert.That(result.Test.Metrics["microF1"], Is.GreaterThan(0.6));
            Assert.That(answer.Label, Is.EqualTo(string.Join(";", bundle.Labels.Where((_, label) => answer.Scores[label] >= 0.5))));
            Assert.That(BundleEvaluation.OnHeldOut(bundle, definition).Metrics.Metrics, Is.EqualTo(result.Test.Metrics));
        });
    }

    [Test]
    public async Task OnHeldOut_PipelineOfAnotherTask_SaysSo()
    {
        var definition = Definition(PipelineTask.Regression, row => row.Amount.ToString(CultureInfo.InvariantCulture), epochs: 0);
        var result = await new PipelineRunner().RunAsync(definition);
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.That(() => BundleEvaluation.OnHeldOut(bundle, definition with { Task = PipelineTask.Binary }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("its task is binary").And.Message.Contains("was trained for regression"));
    }

    private PipelineDefinition Definition(PipelineTask task, Func<StripeRow, string> label, int epochs = 6)
    {
        // An empty set of labels is one that a list may hold.
        var items = _images.Rows.Select(row => new ListItem { Path = row.ImagePath, Label = label(row) });
        return PipelineDefinition.From(new ListSource { Items = [.. items] }, "stripes")
            .Predict(task)
            .Split(new SplitOptions { TestFraction = 0.3, Folds = 0 })
            .Append(new FineTuneStep { Options = _images.Options with { InputColumnName = "ImagePath", LabelColumnName = "Label", Epochs = epochs, HeadEpochs = 30, LearningRate = 0.005, Schedule = new() } })
            .Write(new OutputOptions { Folder = _images.PathOf($"out-{task}-{epochs}") })
            .Build();
    }
}
