using FeatureTransfer.FineTuning;
using FeatureTransfer.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.FineTuning;

/// <summary>Fine-tuning of a backbone for text.</summary>
public class FineTuneTextTests
{
    private readonly MLContext _ml = new(1);
    private SmallTexts _small = null!;
    private FineTunedTransformer _tuned = null!;

    [OneTimeSetUp]
    public void Tune()
    {
        _small = new SmallTexts();
        _tuned = _ml.BinaryClassification.Trainers.FineTune(Options()).Fit(Rows(120, 1));
    }

    [OneTimeTearDown]
    public void Remove()
    {
        _tuned.Dispose();
        _small.Dispose();
    }

    [Test]
    public void Fit_WordThatDecides_IsLearned()
    {
        var metrics = _ml.BinaryClassification.Evaluate(_tuned.Transform(Rows(80, 2)));
        Assert.That(metrics.Accuracy, Is.GreaterThan(0.9), _tuned.Summary!.Verdict);
    }

    [Test]
    public void Fit_Vectors_AreOtherOnesAfterwards()
    {
        var table = _tuned.Model.Proto.Graph.Initializer.Single(tensor => tensor.Name == "table");
        var before = OnnxModel.Load(_small.PathOf("small.onnx")).Proto.Graph.Initializer.Single(tensor => tensor.Name == "table");
        Assert.That(table.RawData, Is.Not.EqualTo(before.RawData));
    }

    [Test]
    public void Model_Inputs_AreTheBackbonesOwn() =>
        Assert.That(_tuned.Model.Inputs.Select(input => input.Name), Is.EquivalentTo(new[] { "input_ids", "attention_mask", "token_type_ids" }));

    [Test]
    public void Transform_LongerThanAnyOfTraining_IsReadAlongItsWholeLength()
    {
        var rows = _ml.Data.LoadFromEnumerable(new TextRow[] { new() { Text = "a b a b a b a b a h" }, new() { Text = "a b a b a b a b a b" } });
        Assert.That(_tuned.Transform(rows).GetColumn<bool>("PredictedLabel"), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void SaveAndLoad_EitherReader_GivesTheSameProbabilities()
    {
        var (rows, path) = (Rows(20, 3), _small.PathOf("tuned.ftm"));
        _ml.Model.SaveBundle(_tuned, rows.Schema, path);
        var expected = _tuned.Transform(rows).GetColumn<float>("Probability").ToList();
        foreach (var model in new[] { _ml.Model.Load(path, out _), _ml.Model.LoadBundle(path, out _) })
        {
            Assert.That(model.Transform(rows).GetColumn<float>("Probability"), Is.EqualTo(expected).Within(1e-5));
            (model as IDisposable)?.Dispose();
        }
    }

    [Test]
    public void Fit_ContinuedFromABundle_StartsWithItsWeights()
    {
        var path = _small.PathOf("before.onnx");
        _tuned.SaveOnnx(path);
        using var again = _ml.BinaryClassification.Trainers.FineTune(Options() with { ContinueFrom = path, HeadEpochs = 1, Epochs = 0, HeadLearningRate = 1e-9 }).Fit(Rows(120, 1));
        var rows = Rows(30, 4);
        Assert.That(again.Transform(rows).GetColumn<float>("Probability"), Is.EqualTo(_tuned.Transform(rows).GetColumn<float>("Probability")).Within(1e-4));
    }

    [Test]
    public void Fit_ImageMixing_SaysThatItIsForImages() => Assert.That(
        () => _ml.BinaryClassification.Trainers.FineTune(Options() with { Mix = new MixOptions { MixupAlpha = 0.2, Place = MixPlace.Images } }).Fit(Rows(20, 1)),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("takes text").And.Message.Contains("for images"));

    private FineTuneOptions Options() => new()
    {
        Backbone = _small.CardPath,
        InputColumnName = "Text",
        TrainableFrom = "vectors",
        Pooling = Pooling.Cls,
        HeadEpochs = 5,
        Epochs = 25,
        LearningRate = 0.05,
        BatchSize = 16,
        AlwaysKeepTuned = true,
        UseCache = false,
        IntraOpThreads = 1,
    };

    // Texts with an h are positive, of whatever length.
    private IDataView Rows(int count, int seed)
    {
        var random = new Random(seed);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i =>
        {
            var words = Enumerable.Range(0, random.Next(2, 6)).Select(_ => SmallTexts.Words[random.Next(7)].ToString()).ToList();
            if (i % 2 == 0)
                words.Insert(random.Next(words.Count), "h");
            return new TextRow { Text = string.Join(' ', words), Label = i % 2 == 0 };
        }).ToList());
    }

    private sealed class TextRow
    {
        public string Text { get; set; } = "";

        public bool Label { get; set; }
    }
}
