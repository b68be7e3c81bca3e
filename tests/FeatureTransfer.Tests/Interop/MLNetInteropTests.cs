using FeatureTransfer.Extraction;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace FeatureTransfer.Tests.Interop;

/// <summary>ML.NET's own tools on our parts, and its transformers on our graphs.</summary>
public class MLNetInteropTests
{
    private readonly MLContext _ml = new(1);
    private readonly StripedImages _images = new(30);
    private readonly ColourImages _colours = new(24);

    [OneTimeTearDown]
    public void Remove()
    {
        _images.Dispose();
        _colours.Dispose();
    }

    [Test]
    public void CrossValidate_ChainWithABackbone_JudgesEveryFold()
    {
        var chain = _ml.Transforms.Conversion.MapValueToKey("Label").Append(Colours()).Append(Head());
        var folds = _ml.MulticlassClassification.CrossValidate(Shades(), chain, numberOfFolds: 3);
        Assert.That(folds, Has.Count.EqualTo(3));
        Assert.That(folds.Select(fold => fold.Metrics.MicroAccuracy), Is.All.GreaterThan(0.8), "dark and bright differ in one feature");
    }

    [Test]
    public void PermutationFeatureImportance_OnFeatures_FindsTheOneThatCounts()
    {
        var rows = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(Shades()).Transform(Shades());
        using var extraction = Colours().Fit(rows);
        var features = extraction.Transform(rows);
        var importance = _ml.MulticlassClassification.PermutationFeatureImportance(Head().Fit(features), features, permutationCount: 3);
        Assert.That(importance.Select(metrics => metrics.MicroAccuracy.Mean).ToList(), Has.ItemAt(0).LessThan(-0.1).And.ItemAt(1).EqualTo(0).And.ItemAt(2).EqualTo(0), "only red varies");
    }

    [Test]
    public void ApplyOnnxModel_OnATunedNetwork_GivesItsScores()
    {
        var rows = StripedImages.Keyed(_images.Rows);
        using var tuned = _ml.MulticlassClassification.Trainers.FineTune(_images.Options with { HeadEpochs = 1, Epochs = 1, AlwaysKeepTuned = true }).Fit(rows);
        var path = _images.PathOf("tuned.onnx");
        tuned.SaveOnnx(path);
        var (input, output) = (tuned.Model.Inputs[0].Name, tuned.Model.Outputs[0].Name);

        var pixels = _ml.Data.LoadFromEnumerable(_images.Rows.Select(row => new Pixels { Values = Read(row.ImagePath, ((ImagePreparation)tuned.Preparation).Preprocessing) }), Schema(input));
        using var applied = _ml.Transforms.ApplyOnnxModel([output], [input], path).Fit(pixels);
        var scores = applied.Transform(pixels).GetColumn<float[]>(output).ToList();

        var expected = tuned.Transform(rows).GetColumn<float[]>("Score").ToList();
        Assert.That(scores, Has.Count.EqualTo(expected.Count));
        for (var row = 0; row < scores.Count; row++)
            Assert.That(scores[row], Is.EqualTo(expected[row]).Within(1e-5));
    }

    private ExtractFeaturesEstimator Colours() => _ml.Transforms.ExtractFeatures(_colours.Options);

    private LbfgsMaximumEntropyMulticlassTrainer Head() => _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 0.001f);

    private IDataView Shades() => _ml.Data.LoadFromEnumerable(_colours.Paths.Select((path, i) => new Shade { ImagePath = path, Label = i < _colours.Paths.Count / 2 ? "dark" : "bright" }));

    private static float[] Read(string path, ImagePreprocessing preprocessing)
    {
        var values = new float[preprocessing.TensorLength];
        new ImagePreprocessor(preprocessing).ReadFile(path, values);
        return values;
    }

    private static SchemaDefinition Schema(string name)
    {
        var schema = SchemaDefinition.Create(typeof(Pixels));
        schema[0].ColumnName = name;
        schema[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, 3, StripedImages.Size, StripedImages.Size);
        return schema;
    }

    private sealed class Shade
    {
        public string ImagePath { get; set; } = "";

        public string Label { get; set; } = "";
    }

    private sealed class Pixels
    {
        [VectorType(3 * StripedImages.Size * StripedImages.Size)]
        public float[] Values { get; set; } = [];
    }
}
