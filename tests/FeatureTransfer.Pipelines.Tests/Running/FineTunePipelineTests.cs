using System.Globalization;
using FeatureTransfer.Devices;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Augmentation;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

public class FineTunePipelineTests
{
    private readonly StripedImages _images = new(90);

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public async Task Run_FineTune_WritesBundleReportAndHistory()
    {
        File.WriteAllText(_images.PathOf("bad.png"), "no image");
        var file = Write("\"epochs\": 12, \"learningRate\": 0.02, \"headEpochs\": 4, \"alwaysKeepTuned\": true");
        var definition = PipelineReader.Read(file);
        var result = await new PipelineRunner().RunAsync(definition);
        Assert.Multiple(() =>
        {
            Assert.That(result.FineTuning!.KeptTuned, result.FineTuning.Verdict);
            Assert.That(result.Rejected.Select(row => Path.GetFileName(row.Input)), Is.EqualTo(new[] { "bad.png" }));
            Assert.That(result.Test!.Predictions, Has.Count.EqualTo(result.TestRows));
            Assert.That(result.Test.Metrics["microAccuracy"], Is.GreaterThan(0.6), "chance is 0.33");
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("<polyline").And.Contain("Learning rate").And.Contain("The tuned network is kept"));
            Assert.That(File.ReadAllLines(_images.PathOf("out/history.csv")), Has.Length.EqualTo(17).And.ItemAt(0).StartsWith("phase,epoch,learningRate,trainLoss"));
            Assert.That(Directory.Exists(_images.PathOf("out/checkpoints")), Is.False);
            Assert.That((result.Backbone!.Id, result.Backbone.FeatureLength), Is.EqualTo(("small.local", 8)));
        });
        using var bundle = Bundle.Load(result.BundlePath!);
        var predictions = bundle.Predict([.. _images.Rows.Select(row => row.ImagePath)]);
        Assert.That(predictions.Zip(_images.Rows).Average(pair => pair.First.Label == pair.Second.Class ? 1.0 : 0), Is.GreaterThan(0.7), "training rows among them");
        Assert.That(() => SavedModels.Load(result.BundlePath!), Throws.Nothing);
    }

    [Test]
    public void Read_EveryOption_SurvivesTheRoundTrip()
    {
        var step = new FineTuneStep
        {
            Options = new FineTuneOptions
            {
                Backbone = "small.onnx",
                Layers = ["flat"],
                Head = new() { Hidden = [8, 4], Dropout = 0.1, Standardize = false },
                TrainablePatterns = ["conv*"],
                Unfreeze = [new(2, "conv1")],
                LearningRateGroups = [new("head/*", 10)],
                Optimizer = new() { Kind = OptimizerKind.Sgd, Nesterov = true, ClipNorm = 0 },
                Schedule = new() { Kind = ScheduleKind.OneCycle },
                EarlyStopping = new() { Metric = ValidationMetric.MacroF1, Patience = 3 },
                Mix = new() { CutmixAlpha = 1, Place = MixPlace.Activations },
                Loss = new() { FocalGamma = 2, ClassWeights = ClassWeighting.Balanced },
                LearningRateFinder = new() { Enabled = true, Steps = 20 },
                Checkpoint = new() { EverySteps = 5 },
                ContinueFrom = "old.ftm",
                EmaDecay = 0.99,
                LayerDecay = 0.8,
                IntraOpThreads = 2,
                BatchStatistics = true,
                Device = Device.Parse("cuda:1"),
            },
            Augmentation = AugmentationPlan.Of(new HorizontalFlip()),
            Preprocessing = new() { Width = 12 },
        };
        var definition = new PipelineDefinition { Data = new FeatureTransfer.Pipelines.Data.ListSource { Items = [new() { Path = "a.png", Label = "a" }] }, Estimators = [step] };
        var file = _images.PathOf("round-trip.json");
        File.WriteAllText(file, PipelineWriter.ToJson(definition));
        Assert.That(PipelineReader.Read(file).Estimators[0], Is.EqualTo(step));
    }

    private string Write(string options)
    {
        var items = string.Join(", ", _images.Rows.Select(row => (row.ImagePath, row.Class)).Append((_images.PathOf("bad.png"), "level")).Select(row => string.Create(CultureInfo.InvariantCulture, $$"""{ "path": "{{row.Item1}}", "label": "{{row.Item2}}" }""")));
        var file = _images.PathOf("tune.json");
        File.WriteAllText(file, $$"""
            {
              "data": { "type": "list", "items": [{{items}}] },
              "split": { "testFraction": 0.3, "folds": 0 },
              "estimators": [
                { "type": "MapValueToKey", "output": "Label" },
                { "type": "FineTune", "backbone": "small.onnx", "trainableFrom": "conv1", "batchSize": 8, "intraOpThreads": 1, "schedule": { "warmUpEpochs": 0 }, {{options}} }
              ],
              "outputs": { "folder": "out" }
            }
            """);
        return file;
    }
}
