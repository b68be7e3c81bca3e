using FeatureTransfer.Extraction;
using FeatureTransfer.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Models;

/// <summary>Chains with a frozen backbone, saved and loaded by both readers.</summary>
public class SavedModelTests
{
    private readonly MLContext _ml = new(1);
    private ColourImages _images = null!;
    private ITransformer _trained = null!;
    private IDataView _rows = null!;
    private string _plain = "";
    private string _bundle = "";

    [OneTimeSetUp]
    public void Save()
    {
        _images = new ColourImages(12);
        _rows = _ml.Data.LoadFromEnumerable(_images.Paths.Select((path, i) => new ShadeRow { ImagePath = path, Shade = i < 6 ? "dünkel" : "明るい" }));
        var inner = _ml.Transforms.ExtractFeatures(_images.Options).Append(_ml.Transforms.NormalizeMeanVariance("Features"));
        _trained = _ml.Transforms.Conversion.MapValueToKey("Label", "Shade")
            .Append(inner)
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 0.01f))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"))
            .Fit(_rows);
        (_plain, _bundle) = (Path.Combine(_images.Folder, "plain.zip"), Path.Combine(_images.Folder, "model.ftm"));
        _ml.Model.Save(_trained, _rows.Schema, _plain);
        _ml.Model.SaveBundle(_trained, _rows.Schema, _bundle);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        (_trained as IDisposable)?.Dispose();
        _images.Dispose();
    }

    [Test]
    public void Load_EitherReaderAndFile_GivesTheSameScoresToTheBit()
    {
        var expected = Answers(_trained);
        using (Assert.EnterMultipleScope())
        {
            AssertAnswers(_ml.Model.Load(_plain, out _), expected);
            AssertAnswers(_ml.Model.Load(_bundle, out _), expected);
            AssertAnswers(_ml.Model.LoadBundle(_bundle, out var schema), expected);
            Assert.That(schema.Select(column => column.Name), Is.EqualTo(_rows.Schema.Select(column => column.Name)));
        }
    }

    [Test]
    public void LoadBundle_NestedChain_WorksInBatchesAgain()
    {
        var model = _ml.Model.LoadBundle(_bundle, out _);
        using var sessions = (IDisposable)model;
        var extractions = new List<ExtractFeaturesTransformer>();
        FeatureTransfer.Models.ModelChain.Map(model, (part, _) =>
        {
            extractions.AddRange(new[] { part }.OfType<ExtractFeaturesTransformer>());
            return part;
        });
        Assert.That(extractions, Has.Count.EqualTo(1));
        Assert.That(extractions[0].Options, Is.EqualTo(_images.Options));
        Assert.That(extractions[0].Model.ToBytes(), Is.EqualTo(Extraction(_trained).Model.ToBytes()), "the cache knows features by the graph's bytes");
    }

    [Test]
    public void Load_InAnotherProcess_GivesTheSameScoresToTheBit()
    {
        var expected = Answers(_trained).Select(answer => string.Join(" ", answer.Score.Select(value => BitConverter.SingleToInt32Bits(value).ToString("x8", null))));
        Assert.That(AnotherProcess.Read(_bundle, "Score", _images.Paths), Is.EqualTo(expected));
    }

    [Test]
    public void Predict_MissingFile_IsAnErrorWithItsReason()
    {
        foreach (var model in new[] { _ml.Model.Load(_plain, out _), _ml.Model.LoadBundle(_bundle, out _) })
        {
            using var engine = _ml.Model.CreatePredictionEngine<ShadeRow, ShadeAnswer>(model);
            var exception = Assert.Throws<BadInputException>(() => engine.Predict(new ShadeRow { ImagePath = "missing.png" }));
            Assert.That(exception!.Message, Does.Contain("missing.png").And.Contain("no such file"));
            Assert.That(engine.Predict(new ShadeRow { ImagePath = _images.Paths[11] }).Answer, Is.EqualTo("明るい"), "the next is right again");
        }
    }

    [Test]
    public void Save_ColumnOfBytes_IsReadFromBytes()
    {
        var rows = _ml.Data.LoadFromEnumerable(_images.Paths.Select(path => new EncodedRow { Image = File.ReadAllBytes(path) }));
        using var extraction = _ml.Transforms.ExtractFeatures(_images.Options with { InputColumnName = "Image" }).Fit(rows);
        var expected = Features(extraction, rows);
        foreach (var path in new[] { _plain + ".bytes", _bundle + ".bytes" })
        {
            if (path == _plain + ".bytes")
                _ml.Model.Save(extraction, rows.Schema, path);
            else
                _ml.Model.SaveBundle(extraction, rows.Schema, path);
            Assert.That(Features(_ml.Model.Load(path, out _), rows), Is.EqualTo(expected));
        }

        Assert.That(Features(_ml.Model.LoadBundle(_bundle + ".bytes", out _), rows), Is.EqualTo(expected));
    }

    [Test]
    public void SaveBundle_Stream_HoldsWhatTheFileHolds()
    {
        using var memory = new MemoryStream();
        _ml.Model.SaveBundle(_trained, _rows.Schema, memory);
        memory.Position = 0;
        AssertAnswers(_ml.Model.LoadBundle(memory, out _), Answers(_trained));
    }

    [Test]
    public void Save_AndLoad_LeavesNoFilesBehind()
    {
        var folder = Directory.CreateTempSubdirectory("ft-temp-");
        Assert.That(AnotherProcess.Read(_bundle, "Score", [_images.Paths[0]], folder.FullName), Has.Count.EqualTo(1));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.FullName, "*", SearchOption.AllDirectories).Where(File.Exists), Is.Empty);
        folder.Delete(recursive: true);
    }

    [Test]
    public void Save_FixedBatchAndChannelsLast_GiveTheSameFeatures([Values("fixed", "mixing", "last")] string kind, [Values] bool keepsShape)
    {
        var path = Path.Combine(_images.Folder, $"{kind}.onnx");
        var backbone = kind switch { "fixed" => SmallModels.Colours(), "mixing" => SmallModels.OneImageOnly(), _ => SmallModels.ChannelsLast() };
        if (kind == "fixed")
            backbone.Proto.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 1;
        backbone.Save(path);
        var options = _images.Options with { Backbone = path, Pooling = keepsShape ? Pooling.None : Pooling.Flatten, Layers = [backbone.TensorNames[^1]] };
        using var extraction = _ml.Transforms.ExtractFeatures(options).Fit(_rows);
        var saved = Path.Combine(_images.Folder, $"{kind}.zip");
        _ml.Model.SaveBundle(extraction, _rows.Schema, saved);
        var (loaded, ours) = (_ml.Model.Load(saved, out _), _ml.Model.LoadBundle(saved, out _));
        Assert.That(loaded.GetOutputSchema(_rows.Schema)["Features"].Type, Is.EqualTo(extraction.GetOutputSchema(_rows.Schema)["Features"].Type));

        // A mean over a whole batch is summed up in parts, one a thread.
        Assert.That(Features(loaded, _rows), Is.EqualTo(Features(extraction, _rows)).Within(kind == "mixing" ? 1e-6 : 0));
        Assert.That(Features(ours, _rows), Is.EqualTo(Features(extraction, _rows)));
    }

    private static List<float[]> Features(ITransformer model, IDataView rows) => [.. model.Transform(rows).GetColumn<float[]>("Features")];

    private static ExtractFeaturesTransformer Extraction(ITransformer model)
    {
        ExtractFeaturesTransformer? found = null;
        FeatureTransfer.Models.ModelChain.Map(model, (part, _) =>
        {
            found ??= part as ExtractFeaturesTransformer;
            return part;
        });
        return found!;
    }

    private void AssertAnswers(ITransformer model, List<ShadeAnswer> expected)
    {
        using var sessions = model as IDisposable;
        var actual = Answers(model);
        Assert.That(actual.Select(answer => answer.Score), Is.EqualTo(expected.Select(answer => answer.Score)));
        Assert.That(actual.Select(answer => answer.Answer), Is.EqualTo(expected.Select(answer => answer.Answer)));
    }

    private List<ShadeAnswer> Answers(ITransformer model) => [.. _ml.Data.CreateEnumerable<ShadeAnswer>(model.Transform(_rows), reuseRowObject: false)];

    private sealed class ShadeRow
    {
        public string ImagePath { get; set; } = "";

        public string Shade { get; set; } = "";
    }

    private sealed class EncodedRow
    {
        public byte[] Image { get; set; } = [];
    }

    private sealed class ShadeAnswer
    {
        public float[] Score { get; set; } = [];

        public string Answer { get; set; } = "";
    }
}
