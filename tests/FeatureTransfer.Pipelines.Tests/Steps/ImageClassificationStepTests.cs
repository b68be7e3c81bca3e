using System.IO.Compression;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Vision;

namespace FeatureTransfer.Pipelines.Tests.Steps;

/// <summary>ML.NET's image trainer from JSON, on MobileNetV2.</summary>
public class ImageClassificationStepTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-image-classification-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Run_FlagsAndFaces_LearnsRejectsAndComesBackFromTheBundle()
    {
        MakeImages(24);
        File.WriteAllText(Path.Combine(_folder, "photos", "flags", "broken.png"), "no image");

        var result = await RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(result.Rejected.Select(row => Path.GetFileName(row.Input)), Is.EqualTo(new[] { "broken.png" }));
            Assert.That(result.Test!.Metrics["microAccuracy"], Is.GreaterThanOrEqualTo(0.9), "chance is 0.5");
            Assert.That(result.Backbone!.Id, Is.EqualTo("mobilenet_v2.nsfwjs"));
            Assert.That(result.FineTuning!.History.Select(epoch => epoch.Phase).Distinct(), Is.EqualTo(new[] { "head" }));
            Assert.That(File.Exists(Path.Combine(_folder, "work", "tuned_mobilenet_v2.nsfwjs.onnx")), Is.True);
        });
        using var bundle = Bundle.Load(result.BundlePath!);
        var rows = result.Test!.Predictions;
        var answers = bundle.Predict([.. rows.Select(row => row.Input), Path.Combine(_folder, "photos", "flags", "broken.png"), "missing.png"]);
        Assert.That(answers.Take(rows.Count).Select(answer => answer.Label), Is.EqualTo(rows.Select(row => row.Predicted)));
        Assert.That(answers.Skip(rows.Count).Select(answer => (answer.Label is null, answer.Error is { Length: > 0 })), Is.All.EqualTo((true, true)), "what cannot be read has a reason and no label");
        Assert.That(answers[^1].Error, Does.Contain("no such file"));
    }

    [Test]
    public async Task Run_ImagesInAnArchive_LearnsFromThemAsTheyAre()
    {
        MakeImages(16);
        ZipFile.CreateFromDirectory(Path.Combine(_folder, "photos"), Path.Combine(_folder, "photos.zip"));

        var result = await RunAsync("""{ "type": "zip", "path": "photos.zip" }""");

        Assert.That(result.Rejected, Is.Empty);
        Assert.That((result.FineTuning!.TrainRows + result.FineTuning.ValidationRows, result.Test!.Predictions.Count), Is.EqualTo((12, 4)));
        Assert.That(result.Test.Metrics["microAccuracy"], Is.EqualTo(1), "chance is 0.5");
    }

    [Test]
    public async Task Run_TrainableFrom_TunesTheBackboneOnceItsLastLayerHasLearned()
    {
        MakeImages(16);
        var result = await RunAsync(more: """, "trainableFrom": "block_13_expand", "tuningEpoch": 1, "layers": ["block_13"]""");
        Assert.That(result.FineTuning!.History.Select(epoch => epoch.Phase).Distinct(), Is.EqualTo(new[] { "head", "tuning" }));
        Assert.That(result.FineTuning.TunedWeights, Is.GreaterThan(0));
    }

    [Test]
    public void Read_NoOptions_HasTheDefaultsOfTheLibraryButForTheColumn()
    {
        var step = (ImageClassificationStep)Read("""{ "type": "ImageClassification", "backbone": "mobilenet_v2.nsfwjs" }""");
        Assert.That(step.Options, Is.EqualTo(new OnnxImageClassificationOptions { Backbone = "mobilenet_v2.nsfwjs", FeatureColumnName = "ImagePath" }));
    }

    [Test]
    public void Read_NullParts_TurnThemOff()
    {
        var step = (ImageClassificationStep)Read("""{ "type": "ImageClassification", "backbone": "x", "learningRateScheduler": null, "earlyStoppingCriteria": null, "validationSetFraction": null }""");
        Assert.That((step.Options.LearningRateScheduler, step.Options.EarlyStoppingCriteria, step.Options.ValidationSetFraction), Is.EqualTo(((LearningRateDecay?)null, (EarlyStoppingCriteria?)null, (double?)null)));
    }

    [Test]
    public void Tasks_OfTheStep_AreMulticlassAlone() =>
        Assert.That(StepTable.All.Single(step => step.Name == "ImageClassification").Tasks, Is.EqualTo(new[] { PipelineTask.Multiclass }));

    private PipelineStep Read(string step)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "photos"));
        var file = Path.Combine(_folder, "read.json");
        File.WriteAllText(file, $$"""{ "name": "read", "data": { "type": "imageFolder", "path": "photos" }, "estimators": [ { "type": "MapValueToKey", "output": "Label" }, {{step}} ] }""");
        return PipelineReader.Read(file).Estimators[^1];
    }

    private async Task<RunResult> RunAsync(string data = """{ "type": "imageFolder", "path": "photos" }""", string more = "")
    {
        Reference.Npm("nsfwjs");
        var file = Path.Combine(_folder, "chain.json");
        File.WriteAllText(file, $$"""
            {
              "data": {{data}},
              "split": { "testFraction": 0.25, "folds": 0 },
              "evaluation": { "maxRejectedShare": 0.5 },
              "estimators": [
                { "type": "MapValueToKey", "output": "Label" },
                {
                  "type": "ImageClassification", "backbone": "mobilenet_v2.nsfwjs", "epoch": 40, "workspacePath": "work", "finalModelPrefix": "tuned_",
                  "earlyStoppingCriteria": { "metric": "loss" }{{more}}
                },
              ],
              "outputs": { "folder": "out" },
            }
            """);
        return await new PipelineRunner(FeatureTransferServices.Default with { Backbones = Pulled.Store }).RunAsync(PipelineReader.Read(file));
    }

    // Flags are rectangles, faces yellow discs.
    private void MakeImages(int count)
    {
        foreach (var (label, pattern) in new[] { ("flags", "1f1e6-*.png"), ("faces", "1f60?.png") })
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, "photos", label)).FullName;
            foreach (var file in Directory.EnumerateFiles(Reference.Npm("emoji-datasource-twitter/img/twitter/64"), pattern).Order(StringComparer.Ordinal).Take(count / 2))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }
}
