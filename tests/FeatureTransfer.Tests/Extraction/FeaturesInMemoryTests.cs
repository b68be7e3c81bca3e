using FeatureTransfer.Extraction;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace FeatureTransfer.Tests.Extraction;

/// <summary>How often a backbone runs while trainers, which make several passes, are fitted behind it.</summary>
public class FeaturesInMemoryTests
{
    private const int Rows = 6;
    private readonly MLContext _ml = new(1);
    private ColourImages _images = null!;

    [SetUp]
    public void MakeImages() => _images = new ColourImages(Rows);

    [TearDown]
    public void RemoveImages() => _images.Dispose();

    [Test]
    public void AppendInMemory_AnyTrainer_TheBackboneRunsOnce([ValueSource(nameof(Trainers))] string trainer) =>
        Assert.That(Passes(Features().AppendInMemory(_ml, Trainer(trainer))), Is.EqualTo(1));

    /// <summary>What the method is for: each pass of the trainer is a pass of the backbone.</summary>
    [TestCase("OneVersusAll", 30)]
    [TestCase("Sdca", 5)]
    [TestCase("Lbfgs", 3)]
    public void Append_TrainerOfSeveralPasses_TheBackboneRunsInEach(string trainer, int atLeast) =>
        Assert.That(Passes(Features().Append(Trainer(trainer))), Is.GreaterThanOrEqualTo(atLeast));

    /// <summary>The normalizer asks for the features, and the trainer for the label too, which is not in memory yet.</summary>
    [Test]
    public void AppendInMemory_NormalizerBefore_TheBackboneRunsOnceForEachOfBoth() =>
        Assert.That(Passes(Features().Append(Normalizer()).AppendInMemory(_ml, Trainer("Sdca"))), Is.EqualTo(2));

    [Test]
    public void Cache_FeaturesAndLabelBeforeANormalizer_TheBackboneRunsOnce()
    {
        var rows = _ml.Data.LoadFromEnumerable(Data());
        using var extraction = _ml.Transforms.ExtractFeatures(_images.Options with { InputColumnName = "ImagePath", OutputColumnName = "Features" }).Fit(rows);
        var features = _ml.Data.Cache(extraction.Transform(rows), "Features", "Label");
        var learned = _ml.Transforms.Conversion.MapValueToKey("Label").Append(Normalizer()).AppendInMemory(_ml, Trainer("Sdca"));
        var model = extraction.Append(learned.Fit(features));
        Assert.That(extraction.RowsComputed, Is.EqualTo(Rows));
        Assert.That(model.Transform(rows).GetColumn<float[]>("Score").Count(), Is.EqualTo(Rows));
    }

    [Test]
    public void AppendInMemory_OneEstimator_IsAChainOfBoth()
    {
        var chain = _ml.Transforms.Conversion.MapValueToKey("Label").AppendInMemory(_ml, Normalizer());
        Assert.That(chain.Fit(_ml.Data.LoadFromEnumerable(Data().Select(row => new Vector { Label = row.Label }))).Count(), Is.EqualTo(2), "and no chain within a chain");
    }

    /// <summary>Rows that stream cannot be shuffled, those in memory can: the trainers here are told not to, so that both see one order.</summary>
    [Test]
    public void AppendInMemory_RowsInOrder_ScoresAsWithout([ValueSource(nameof(Trainers))] string trainer)
    {
        var data = _ml.Data.LoadFromEnumerable(Data());
        var (plain, inMemory) = (Features().Append(Trainer(trainer)).Fit(data), Features().AppendInMemory(_ml, Trainer(trainer)).Fit(data));
        Assert.That(Scores(inMemory), Is.EqualTo(Scores(plain)));

        float[][] Scores(ITransformer model) => [.. model.Transform(data).GetColumn<float[]>("Score")];
    }

    private static IEnumerable<string> Trainers() => ["OneVersusAll", "Sdca", "Lbfgs"];

    // One thread: with several, ML.NET's trainers by L-BFGS keep the rows themselves.
    private IEstimator<ITransformer> Trainer(string name) => name switch
    {
        "OneVersusAll" => _ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.AveragedPerceptron(new AveragedPerceptronTrainer.Options { NumberOfIterations = 10, Shuffle = false })),
        "Sdca" => _ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 10, Shuffle = false }),
        _ => _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }),
    };

    private IEstimator<ITransformer> Normalizer() => _ml.Transforms.NormalizeMeanVariance("Features");

    private EstimatorChain<ExtractFeaturesTransformer> Features() => _ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(_ml.Transforms.ExtractFeatures(_images.Options with { InputColumnName = "ImagePath", OutputColumnName = "Features" }));

    private double Passes(IEstimator<TransformerChain<ITransformer>> chain)
    {
        var model = chain.Fit(_ml.Data.LoadFromEnumerable(Data()));
        using var extraction = model.OfType<ExtractFeaturesTransformer>().Single();
        return extraction.RowsComputed / (double)Rows;
    }

    private IEnumerable<Row> Data() => _images.Paths.Select((path, i) => new Row { ImagePath = path, Label = "abc"[i % 3].ToString() });

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";

        public string Label { get; set; } = "";
    }

    private sealed class Vector
    {
        public string Label { get; set; } = "";

        [VectorType(2)]
        public float[] Features { get; set; } = [1, 2];
    }
}
