using System.Text.Json;
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
        var rows = Rows();
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
        Assert.That(session.InputNames, Is.EqualTo(new[] { "pixels" }));
        Assert.That(session.InputMetadata["pixels"].Dimensions, Is.EqualTo(new[] { fixedBatch ? 1 : -1, 4, 4, 3 }));
        foreach (var (image, answer) in _images.Paths.Zip(expected))
        {
            var (scores, name) = Run(session, image);
            Assert.That(scores, Is.EqualTo(answer.Score).Within(1e-6));
            Assert.That(name, Is.EqualTo(answer.Answer));
        }
    }

    [Test]
    public void ExportOnnx_HeadOfOurs_IsWrittenBeforeItIsSaved()
    {
        var rows = Rows();
        using var model = (IDisposable)_ml.Transforms.Conversion.MapValueToKey("Label", "Shade")
            .Append(_ml.Transforms.ExtractFeatures(_images.Options))
            .Append(_ml.MulticlassClassification.Trainers.RidgeClassifier())
            .Fit(rows);
        var path = Path.Combine(_images.Folder, "ridge.onnx");
        _ml.Model.ExportOnnx((ITransformer)model, rows, path);
        using var session = new InferenceSession(path);
        Assert.That(_images.Paths.Select(image => Run(session, image).Label), Is.EqualTo(Enumerable.Repeat("dark", 6).Concat(Enumerable.Repeat("light", 6))));
    }

    [Test]
    public void ExportOnnx_Metadata_SaysHowPixelsAreMade()
    {
        var rows = Rows();
        using var model = (IDisposable)_ml.Transforms.Conversion.MapValueToKey("Label", "Shade")
            .Append(_ml.Transforms.ExtractFeatures(_images.Options with { Preprocessing = new ImagePreprocessing { Height = 4, Width = 4, Resize = ResizeMode.Pad, Interpolation = Interpolation.Bicubic, Background = 0x102030 } }))
            .Append(_ml.MulticlassClassification.Trainers.LinearSvc())
            .Fit(rows);
        var path = Path.Combine(_images.Folder, "about.onnx");
        _ml.Model.ExportOnnx((ITransformer)model, rows, path);
        using var session = new InferenceSession(path);
        using var about = JsonDocument.Parse(session.ModelMetadata.CustomMetadataMap["featuretransfer.model"]);
        Assert.That(about.RootElement.GetProperty("labels").EnumerateArray().Select(label => label.GetString()), Is.EqualTo(new[] { "dark", "light" }));
        Assert.That(about.RootElement.GetProperty("task").GetString(), Is.EqualTo("multiclass"));
        Assert.That(about.RootElement.GetProperty("inputs")[0].GetRawText(), Is.EqualTo("""{"name":"pixels","kind":"pixels","column":"ImagePath","image":{"height":4,"width":4,"resize":"pad","cropFraction":1,"interpolation":"bicubic","background":"#102030"}}"""));
    }

    [Test]
    public void ExportOnnx_NoTrainer_SaysWhatIsMissing()
    {
        var rows = _ml.Data.LoadFromEnumerable(new[] { new ShadeRow() });
        var model = _ml.Transforms.CopyColumns("Copy", "Shade").Fit(rows);
        Assert.That(() => _ml.Model.ExportOnnx(model, rows, "x.onnx"), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("it gives no column 'Score'"));
        Assert.That(File.Exists("x.onnx"), Is.False);
    }

    private IDataView Rows() => _ml.Data.LoadFromEnumerable(_images.Paths.Select((path, i) => new ShadeRow { ImagePath = path, Shade = i < 6 ? "dark" : "light" }));

    private static (float[] Scores, string Label) Run(InferenceSession session, string image)
    {
        var pixels = new byte[48];
        ImageDecoder.Decode(File.ReadAllBytes(image), new ImagePreprocessing { Height = 4, Width = 4 }, pixels, image);
        using var value = OrtValue.CreateTensorValueFromMemory(pixels, [1, 4, 4, 3]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["pixels"], [value], ["scores", "label"]);
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
