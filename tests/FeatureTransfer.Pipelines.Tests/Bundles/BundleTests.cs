using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Tests.Bundles;

/// <summary>A bundle of a small backbone that tells dark images from light ones, trained on a list of rows.</summary>
public class BundleTests
{
    private ColourImages _images = null!;
    private PipelineDefinition _definition = null!;
    private RunResult _result = null!;
    private Bundle _bundle = null!;

    [OneTimeSetUp]
    public async Task Train()
    {
        _images = new ColourImages(20);
        _definition = PipelineDefinition.From(new ListSource { Items = [.. _images.Paths.Select(Item)] }, "shades")
            .Split(new SplitOptions { TestFraction = 0.3, Folds = 2 })
            .Append(new ExtractFeaturesStep { Backbone = _images.Backbone, UseCache = false })
            .Append(new MapValueToKeyStep { Output = "Label" })
            .Append(new NormalizeMeanVarianceStep { Output = "Features" })
            .Append(new LbfgsMaximumEntropyStep { L2Regularization = 0.01f })
            .Write(new OutputOptions { Folder = Path.Combine(_images.Folder, "out") })
            .Build();
        _result = await new PipelineRunner().RunAsync(_definition);
        _bundle = Bundle.Load(_result.BundlePath!);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        _bundle.Dispose();
        _images.Dispose();
    }

    [Test]
    public void Run_Groups_LieOnOneSide()
    {
        var test = _result.Test!.Predictions.Select(row => Group(row.Input)).Distinct().ToList();
        Assert.That(_result.Test!.Predictions, Has.Count.EqualTo(2 * test.Count), "both rows of each group");
        Assert.That(_result.Backbone, Is.EqualTo(new BackboneSummary("colours.local", _result.Backbone!.Layers, "avg", 3, null)));
    }

    [Test]
    public void Load_Manifest_TellsHowItWasMade()
    {
        var manifest = _bundle.Manifest;
        Assert.Multiple(() =>
        {
            Assert.That((manifest.Name, manifest.TrainRows), Is.EqualTo(("shades", _result.TrainRows)));
            Assert.That(PipelineReader.Parse(manifest.Pipeline, "p.json"), Is.EqualTo(_definition));
            Assert.That(manifest.Labels, Is.EquivalentTo(new[] { "dark", "light" }));
            Assert.That(manifest.Versions.Keys, Does.Contain("ONNX Runtime"));
            Assert.That(manifest.CrossValidationStd, Is.Not.Null);
        });
    }

    [Test]
    public void Load_ByMlNetAlone_AnswersAsTheBundle()
    {
        var ml = new Microsoft.ML.MLContext();
        var model = ml.Model.Load(_result.BundlePath, out _);
        var scores = ml.Data.LoadFromEnumerable(_images.Paths.Select(path => new PathRow { ImagePath = path }));
        var expected = _bundle.Predict(_images.Paths).Select(answer => answer.Scores);
        Assert.That(model.Transform(scores).GetColumn<float[]>("Score"), Is.EqualTo(expected));
    }

    [Test]
    public void Predict_GoodAndBad_AnswersEachInItsPlace()
    {
        var empty = _images.Write("empty.png", []);
        var answers = _bundle.Predict([_images.Paths[19], empty, _images.Paths[0], empty, _images.Paths[0]]);
        Assert.Multiple(() =>
        {
            Assert.That(answers.Select(answer => answer.Label), Is.EqualTo(new[] { "light", null, "dark", null, "dark" }));
            Assert.That(answers.Select(answer => answer.Error is null), Is.EqualTo(new[] { true, false, true, false, true }));
            Assert.That(answers[0].Confidence, Is.EqualTo(answers[0].Scores.Max()).And.GreaterThan(0.5));
            Assert.That(answers[1].Scores, Is.Empty);
        });
    }

    [Test]
    public void Load_Threshold_LeavesUnsureAnswersEmpty()
    {
        using var strict = Bundle.Load(_result.BundlePath!, threshold: 1.01);
        var answer = strict.Predict(_images.Paths[0]);
        Assert.Multiple(() =>
        {
            Assert.That((strict.Threshold, _bundle.Threshold), Is.EqualTo(((double?)1.01, (double?)null)));
            Assert.That((answer.Label, answer.Error), Is.EqualTo(("", (string?)null)));
            Assert.That(answer.Scores, Is.EqualTo(_bundle.Predict(_images.Paths[0]).Scores));
        });
    }

    [Test]
    public void Top_Prediction_HasTheHighestScoresFirst()
    {
        var answer = _bundle.Predict(_images.Paths[0]);
        Assert.That(_bundle.Top(answer, 1), Is.EqualTo(new[] { new LabelScore("dark", answer.Scores.Max()) }));
        Assert.That(_bundle.Top(answer, 5).Select(label => label.Label), Is.EqualTo(new[] { "dark", "light" }));
        Assert.That(_bundle.Top(_bundle.Predict("missing.png"), 1), Is.Empty);
    }

    [Test]
    public void Evaluate_RowsOfTheTraining_AreCounted()
    {
        Assert.That(BundleEvaluation.OnAll(_bundle, _definition).TrainedOn, Is.EqualTo(_result.TrainRows));
        Assert.That(BundleEvaluation.OnHeldOut(_bundle, _definition).TrainedOn, Is.Zero);
    }

    [Test]
    public void Predict_Nothing_AnswersNothing() => Assert.That(_bundle.Predict([]), Is.Empty);

    [Test]
    public void Predict_OnlyBad_AnswersWithErrors() => Assert.That(_bundle.Predict(["missing.png"]).Single().Error, Does.Contain("no such file"));

    [Test]
    public void Predict_ManyThreads_AnswersAsOne()
    {
        var expected = _bundle.Predict(_images.Paths).Select(answer => answer.Confidence).ToList();
        Parallel.For(0, 20, i => Assert.That(_bundle.Predict([_images.Paths[i]])[0].Confidence, Is.EqualTo(expected[i]).Within(1e-5)));
    }

    [Test]
    public async Task Predict_OneImage_AnswersAsTheBatch()
    {
        var expected = _bundle.Predict(_images.Paths);
        for (var i = 0; i < expected.Count; i++)
        {
            var bytes = File.ReadAllBytes(_images.Paths[i]);
            foreach (var answer in new[] { _bundle.Predict(_images.Paths[i]), _bundle.Predict(bytes), _bundle.Predict(new MemoryStream(bytes)), await _bundle.PredictAsync(new MemoryStream(bytes)) })
            {
                Assert.That((answer.Label, answer.Error), Is.EqualTo((expected[i].Label, expected[i].Error)));
                Assert.That(answer.Scores, Is.EqualTo(expected[i].Scores).Within(1e-6));
            }
        }
    }

    [Test]
    public void Predict_OneBadImage_AnswersWithItsError()
    {
        Assert.That(_bundle.Predict("missing.png").Error, Does.Contain("no such file"));
        Assert.That(_bundle.Predict(new byte[] { 1, 2, 3 }), Has.Property(nameof(Prediction.Label)).Null.And.Property(nameof(Prediction.Error)).Not.Null);
        Assert.That(_bundle.Predict(_images.Paths[19]).Label, Is.EqualTo("light"), "the next is right again");
    }

    [Test, CancelAfter(60_000)]
    public void Predict_64CallersWithStreams_AnswerAsOne(CancellationToken stop)
    {
        var images = _images.Paths.Select(File.ReadAllBytes).ToList();
        var expected = images.ConvertAll(image => _bundle.Predict(image, stop).Scores);
        var wrong = 0;
        var callers = Enumerable.Range(0, 64).Select(caller => new Thread(() =>
        {
            for (var call = 0; call < 5; call++)
            {
                var image = ((caller * 3) + call) % images.Count;
                if (!_bundle.Predict(new MemoryStream(images[image]), stop).Scores.SequenceEqual(expected[image]))
                    Interlocked.Increment(ref wrong);
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void Predict_ListsOnManyThreads_KeepTheirRejectsApart()
    {
        var empty = _images.Write("nothing.png", []);
        Parallel.For(0, 24, i =>
        {
            var answers = _bundle.Predict(i % 2 == 0 ? [empty, _images.Paths[0]] : [_images.Paths[19], "missing.png"]);
            Assert.That(answers.Select(answer => answer.Label), Is.EqualTo(i % 2 == 0 ? new[] { null, "dark" } : ["light", null]));
        });
    }

    [Test]
    public void OnHeldOut_SamePipeline_JudgesTheRowsOfItsTest()
    {
        var judged = BundleEvaluation.OnHeldOut(_bundle, _definition);
        Assert.That(judged.Metrics.Predictions.Select(row => row.Input), Is.EqualTo(_result.Test!.Predictions.Select(row => row.Input)));
        Assert.That(judged.Metrics.Metrics["logLoss"], Is.EqualTo(_result.Test.Metrics["logLoss"]).Within(1e-5));
    }

    [Test]
    public void OnHeldOut_NothingHeldOut_SaysSo() => Assert.That(
        () => BundleEvaluation.OnHeldOut(_bundle, _definition with { Split = new SplitOptions { TestFraction = 0 } }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("split.testFraction is 0"));

    [Test]
    public void OnAll_BadRows_AreToldOf()
    {
        var rows = new ListSource { Items = [.. _images.Paths.Select(Item), new ListItem { Path = "missing.png", Label = "dark" }] };
        var judged = BundleEvaluation.OnAll(_bundle, _definition with { Data = rows });
        Assert.That(judged.Metrics.Predictions, Has.Count.EqualTo(20));
        Assert.That(judged.Rejected.Single().Input, Does.EndWith("missing.png"));
    }

    [Test]
    public void OnAll_LabelsOfAnotherTask_SaysSo()
    {
        var rows = new ListSource { Items = [.. _images.Paths.Select(path => new ListItem { Path = path, Label = "daisy" })] };

        Assert.That(
            () => BundleEvaluation.OnAll(_bundle, _definition with { Data = rows }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("none of its labels (daisy)").And.Message.Contains("dark"));
    }

    [Test]
    public void OnFolder_NoneCanBeRead_SaysWhy()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_images.Folder, "labelled", "dark")).FullName;
        File.WriteAllText(Path.Combine(folder, "a.png"), "no image");
        Assert.That(
            () => BundleEvaluation.OnFolder(_bundle, Path.GetDirectoryName(folder)!),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("none of the 1 rows can be used").And.Message.Contains("text"));
    }

    private static ListItem Item(string path, int i) => new() { Path = path, Label = i < 10 ? "dark" : "light", Group = Group(path) };

    private static string Group(string path) => $"pair {int.Parse(Path.GetFileNameWithoutExtension(path), System.Globalization.CultureInfo.InvariantCulture) / 2}";

    private sealed class PathRow
    {
        public string ImagePath { get; set; } = "";

        public string Label { get; set; } = "";

        public string Group { get; set; } = "";
    }
}
