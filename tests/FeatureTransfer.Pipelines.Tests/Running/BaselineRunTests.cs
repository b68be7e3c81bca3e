using System.Text.Json;
using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Images of one colour: the small backbone passes the colour on, so pixels tell the classes as well.</summary>
public class BaselineRunTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("ft-baseline-").FullName;
        SmallModels.Colours().Save(Path.Combine(_folder, "colours.onnx"));
        foreach (var (name, blue) in new[] { ("dark", 0), ("light", 200) })
        {
            var images = Directory.CreateDirectory(Path.Combine(_folder, "images", name)).FullName;
            for (var i = 0; i < 20; i++)
                File.WriteAllBytes(Path.Combine(images, $"{i}.png"), TestImages.SolidPng(9, 7, 10, (byte)(100 + i), (byte)(blue + i)));
        }
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Run_RawPixels_JudgesTheSameHeldOutRows()
    {
        var result = await RunAsync(Definition(new SplitOptions { Folds = 3 }));
        var baseline = result.Baseline!;
        Assert.Multiple(() =>
        {
            Assert.That(baseline.Name, Is.EqualTo("raw pixels"));
            Assert.That(baseline.CrossValidation, Is.Null);
            Assert.That(baseline.Test!.Predictions.Select(row => row.Input), Is.EqualTo(result.Test!.Predictions.Select(row => row.Input)));
            Assert.That(baseline.Test!.Metrics["microAccuracy"], Is.EqualTo(1), "the pixels differ");
            Assert.That(baseline.Test!.Predictions.Select(row => row.Confidence), Is.Not.EqualTo(result.Test!.Predictions.Select(row => row.Confidence)), "other features");
            Assert.That(Directory.GetFiles(Path.Combine(_folder, "out")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "model.ftm", "report.html", "predictions.csv", "metrics.json" }));
        });
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out", "metrics.json")));
        Assert.That(metrics.RootElement.GetProperty("baseline").GetProperty("test").GetProperty("microAccuracy").GetDouble(), Is.EqualTo(1));
    }

    [Test]
    public async Task Run_RawPixelsWithoutHeldOutRows_CrossValidates()
    {
        var result = await RunAsync(Definition(new SplitOptions { TestFraction = 0, Folds = 4 }));
        Assert.That(result.Baseline!.Test, Is.Null);
        Assert.That(result.Baseline.CrossValidation!.Folds.Select(fold => fold.TestRows), Is.EqualTo(result.CrossValidation!.Folds.Select(fold => fold.TestRows)));
    }

    [Test]
    public async Task Run_NoBaseline_HasNone()
    {
        var result = await RunAsync(Definition(new SplitOptions { Folds = 0 }) with { Evaluation = new EvaluationOptions() });
        Assert.That(result.Baseline, Is.Null);
    }

    [Test]
    public void Run_RawPixelsWithoutBackbone_SaysSoBeforeAnyDataMove()
    {
        var definition = Definition(new SplitOptions()) with { Data = new ImageFolderSource { Path = "absent" }, Estimators = [new LbfgsMaximumEntropyStep()] };
        Assert.That(() => RunAsync(definition), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("evaluation.baseline"));
    }

    private PipelineDefinition Definition(SplitOptions split) => new()
    {
        Name = "test",
        Data = new ImageFolderSource { Path = "images" },
        Split = split,
        Evaluation = new EvaluationOptions { Baseline = Baseline.RawPixels },
        Estimators = [new ExtractFeaturesStep { Backbone = Path.Combine(_folder, "colours.onnx") }, new MapValueToKeyStep { Output = "Label" }, new LbfgsMaximumEntropyStep()],
        BaseFolder = _folder,
    };

    private async Task<RunResult> RunAsync(PipelineDefinition definition)
    {
        using var cache = new FeatureCache(Path.Combine(_folder, "cache"));
        return await new PipelineRunner(new FeatureTransferServices { Cache = cache, Backbones = new BackboneStore(Path.Combine(_folder, "models")) }).RunAsync(definition);
    }
}
