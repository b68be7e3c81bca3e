using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML;
using Microsoft.ML.Vision;

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
            Assert.That(result.Rejected.Select(row => (Path.GetFileName(row.Input), row.Step)), Is.EqualTo(new[] { ("broken.png", "ImageClassification") }));
            Assert.That(result.Test!.MicroAccuracy, Is.GreaterThanOrEqualTo(0.9), "chance is 0.5");
            Assert.That(File.Exists(Path.Combine(_folder, "work", "tuned_mobilenet_v2.onnx")), Is.True);
        });
        using var bundle = Bundle.Load(result.BundlePath!);
        var rows = result.Test!.Predictions;
        var answers = bundle.Predict([.. rows.Select(row => row.Input), Path.Combine(_folder, "photos", "flags", "broken.png"), "missing.png"]);
        Assert.That(answers.Take(rows.Count).Select(answer => answer.Label), Is.EqualTo(rows.Select(row => row.Predicted)));
        Assert.That(answers.Skip(rows.Count).Select(answer => answer.Error), Is.EqualTo(new[] { "the image cannot be decoded", "there is no such file" }));
    }

    [Test]
    public void Fit_InCSharp_FindsWhatWasPulled()
    {
        MakeImages(16);
        AppContext.SetData("MICROSOFTML_RESOURCE_PATH", Path.GetDirectoryName(Pulled.Backbone("mobilenet_v2.nsfwjs").OnnxPath));
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Directory.GetFiles(Path.Combine(_folder, "photos"), "*.png", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(path => new Photo { Path = path, Label = Path.GetFileName(Path.GetDirectoryName(path)!) }).ToList());
        var images = 0;
        var options = new ImageClassificationTrainer.Options
        {
            FeatureColumnName = "Bytes",
            Arch = ImageClassificationTrainer.Architecture.MobilenetV2,
            Epoch = 40,
            MetricsCallback = metrics => images += metrics.Bottleneck is null ? 0 : 1,
        };

        using var model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.LoadRawImageBytes("Bytes", null, "Path"))
            .Append(ml.MulticlassClassification.Trainers.ImageClassification(options))
            .Fit(data);

        Assert.That(images, Is.EqualTo(16));
        Assert.That(ml.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy, Is.GreaterThanOrEqualTo(0.9));
    }

    [Test]
    public void Step_Defaults_AreThoseOfTheOptionsButTheBackbone()
    {
        var (step, options) = (new ImageClassificationStep(), new ImageClassificationTrainer.Options());
        Assert.Multiple(() =>
        {
            Assert.That((step.Epoch, step.BatchSize, step.LearningRate, step.ValidationSetFraction, step.TestOnTrainSet), Is.EqualTo((options.Epoch, options.BatchSize, options.LearningRate, options.ValidationSetFraction, options.TestOnTrainSet)));
            Assert.That((step.WorkspacePath, step.FinalModelPrefix, step.LabelColumn), Is.EqualTo((options.WorkspacePath, options.FinalModelPrefix, options.LabelColumnName)));
            Assert.That((step.ReuseTrainSetBottleneckCachedValues, step.ReuseValidationSetBottleneckCachedValues), Is.EqualTo((options.ReuseTrainSetBottleneckCachedValues, options.ReuseValidationSetBottleneckCachedValues)));
            Assert.That((step.TrainSetBottleneckCachedValuesFileName, step.ValidationSetBottleneckCachedValuesFileName), Is.EqualTo((options.TrainSetBottleneckCachedValuesFileName, options.ValidationSetBottleneckCachedValuesFileName)));
            Assert.That((step.EarlyStoppingCriteria!.MinDelta, step.EarlyStoppingCriteria.Epochs), Is.EqualTo((options.EarlyStoppingCriteria!.MinDelta, options.EarlyStoppingCriteria.Patience)));
            Assert.That(step.LearningRateScheduler!.Kind, Is.EqualTo(LearningRateDecayKind.Exponential));
            Assert.That(step.Arch, Is.EqualTo(ImageClassificationTrainer.Architecture.MobilenetV2));
        });
        var usual = (Microsoft.ML.Trainers.ExponentialLRDecay)options.LearningRateScheduler!;
        Assert.That((step.LearningRateScheduler!.LearningRate, step.LearningRateScheduler.NumEpochsPerDecay, step.LearningRateScheduler.DecayRate, step.LearningRateScheduler.Staircase), Is.EqualTo((usual.LearningRate, usual.NumEpochsPerDecay, usual.DecayRate, usual.Staircase)));
    }

    [Test]
    public async Task Run_ImagesInAnArchive_SaysWhatReadsThem()
    {
        MakeImages(8);
        System.IO.Compression.ZipFile.CreateFromDirectory(Path.Combine(_folder, "photos"), Path.Combine(_folder, "photos.zip"));
        await Assert.ThatAsync(() => RunAsync("""{ "type": "zip", "path": "photos.zip" }"""), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("ImageClassification reads files"));
    }

    private async Task<RunResult> RunAsync(string data = """{ "type": "imageFolder", "path": "photos" }""")
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
                { "type": "ImageClassification", "epoch": 40, "workspacePath": "work", "finalModelPrefix": "tuned_", "earlyStoppingCriteria": { "metric": "loss" } },
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

    private sealed class Photo
    {
        public string Path { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
