using FeatureTransfer.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Tests.Export;

/// <summary>A chain as one ONNX graph, run by plain ONNX Runtime.</summary>
public class OnnxExportTests
{
    private readonly MLContext _ml = new(1);
    private readonly ColourImages _images = new(12);

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [TestCase(Pooling.Avg, false)]
    [TestCase(Pooling.None, true)]
    public void ExportOnnx_Classifier_GivesTheScoresToSixDigits(Pooling pooling, bool fixedBatch)
    {
        var backbone = Path.Combine(_images.Folder, $"{pooling}.onnx");
        (fixedBatch ? SmallModels.OneImageOnly() : SmallModels.Colours()).Save(backbone);
        var rows = _ml.Data.LoadFromEnumerable(_images.Paths.Select((path, i) => new ShadeRow { ImagePath = path, Shade = i < 6 ? "dark" : "light" }));
        using var model = (IDisposable)_ml.Transforms.Conversion.MapValueToKey("Label", "Shade")
            .Append(_ml.Transforms.ExtractFeatures(_images.Options with { Backbone = backbone, Pooling = pooling }))
            .Append(_ml.Transforms.NormalizeMeanVariance("Features"))
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 0.01f))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"))
            .Fit(rows);
        var path = Path.Combine(_images.Folder, $"{pooling}.whole.onnx");
        _ml.Model.ExportOnnx((ITransformer)model, rows, path);

        var expected = _ml.Data.CreateEnumerable<ShadeAnswer>(((ITransformer)model).Transform(rows), reuseRowObject: false).ToList();
        using var session = new InferenceSession(path);
        Assert.That(session.InputNames, Is.EqualTo(new[] { "x" }));
        foreach (var (image, answer) in _images.Paths.Zip(expected))
        {
            var (scores, name) = Run(session, image);
            Assert.That(scores, Is.EqualTo(answer.Score).Within(1e-6));
            Assert.That(name, Is.EqualTo(answer.Answer));
        }

        var preprocessing = OnnxModel.Load(path).Proto.MetadataProps.Single(entry => entry.Key == "featuretransfer.preprocessing").Value;
        Assert.That(preprocessing, Does.StartWith("image2|4x4|"));
    }

    [Test]
    public void ExportOnnx_NoExtraction_SaysWhatItNeeds()
    {
        var rows = _ml.Data.LoadFromEnumerable(new[] { new ShadeRow() });
        var model = _ml.Transforms.CopyColumns("Copy", "Shade").Fit(rows);
        Assert.That(() => _ml.Model.ExportOnnx(model, rows, "x.onnx"), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("exactly one ExtractFeatures"));
    }

    private static (float[] Scores, string Answer) Run(InferenceSession session, string image)
    {
        var tensor = new float[48];
        new ImagePreprocessor(new ImagePreprocessing { Height = 4, Width = 4 }).ReadFile(image, tensor);
        using var value = OrtValue.CreateTensorValueFromMemory(tensor, [1, 3, 4, 4]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["x"], [value], ["Score", "Answer"]);
        return (results[0].GetTensorDataAsSpan<float>().ToArray(), results[1].GetStringElement(0));
    }

    private sealed class ShadeRow
    {
        public string ImagePath { get; set; } = "";

        public string Shade { get; set; } = "";
    }

    private sealed class ShadeAnswer
    {
        public float[] Score { get; set; } = [];

        public string Answer { get; set; } = "";
    }
}
