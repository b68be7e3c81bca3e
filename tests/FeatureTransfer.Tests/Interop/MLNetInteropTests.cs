using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Interop;

/// <summary>ML.NET's own tools on our parts, and its transformers on our graphs.</summary>
public class MLNetInteropTests
{
    private readonly MLContext _ml = new(1);
    private StripedImages _images = null!;

    [OneTimeSetUp]
    public void Make() => _images = new StripedImages(60);

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void CrossValidate_ChainWithABackbone_JudgesEveryFold()
    {
        var chain = Extraction().Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        var folds = _ml.MulticlassClassification.CrossValidate(StripedImages.Keyed(_images.Rows), chain, numberOfFolds: 3);
        Assert.That(folds, Has.Count.EqualTo(3));
        Assert.That(folds.Select(fold => fold.Metrics.MicroAccuracy), Is.All.InRange(0, 1));
        Assert.That(folds.Average(fold => fold.Metrics.MicroAccuracy), Is.GreaterThan(0.45), "chance is a third");
    }

    [Test]
    public void PermutationFeatureImportance_OnFeatures_FindsThoseThatCount()
    {
        var features = Extraction().Fit(StripedImages.Keyed(_images.Rows)).Transform(StripedImages.Keyed(_images.Rows));
        var head = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(features);
        var importance = _ml.MulticlassClassification.PermutationFeatureImportance(head, features, permutationCount: 3);
        Assert.That(importance, Has.Length.EqualTo(8));
        Assert.That(importance.Min(metrics => metrics.LogLoss.Mean), Is.LessThan(importance.Max(metrics => metrics.LogLoss.Mean)));
    }

    [Test]
    public void ApplyOnnxModel_OnATunedNetwork_GivesItsScores()
    {
        var rows = StripedImages.Keyed(_images.Rows);
        using var tuned = _ml.MulticlassClassification.Trainers.FineTune(_images.Options with { HeadEpochs = 1, Epochs = 1, AlwaysKeepTuned = true }).Fit(rows);
        var path = _images.PathOf("tuned.onnx");
        tuned.SaveOnnx(path);
        var (input, output) = (tuned.Model.Inputs[0].Name, tuned.Model.Outputs[0].Name);

        var pixels = _ml.Data.LoadFromEnumerable(_images.Rows.Select(row => new Pixels { Values = Read(row.ImagePath, tuned.Recipe) }), Schema(input));
        using var applied = _ml.Transforms.ApplyOnnxModel([output], [input], path).Fit(pixels);
        var scores = applied.Transform(pixels).GetColumn<float[]>(output).ToList();

        var expected = tuned.Transform(rows).GetColumn<float[]>("Score").ToList();
        Assert.That(scores, Has.Count.EqualTo(expected.Count));
        for (var row = 0; row < scores.Count; row++)
            Assert.That(scores[row], Is.EqualTo(expected[row]).Within(1e-5));
    }

    private FeatureTransfer.Extraction.ExtractFeaturesEstimator Extraction() =>
        _ml.Transforms.ExtractFeatures(new() { Backbone = _images.Backbone, UseCache = false });

    private static float[] Read(string path, ImageRecipe recipe)
    {
        var values = new float[recipe.TensorLength];
        new ImagePreprocessor(recipe).ReadFile(path, values);
        return values;
    }

    private static SchemaDefinition Schema(string name)
    {
        var schema = SchemaDefinition.Create(typeof(Pixels));
        schema[0].ColumnName = name;
        schema[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, 3, StripedImages.Size, StripedImages.Size);
        return schema;
    }

    private sealed class Pixels
    {
        [VectorType(3 * StripedImages.Size * StripedImages.Size)]
        public float[] Values { get; set; } = [];
    }
}
