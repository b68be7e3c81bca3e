using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace Engine.Tests.Onnx;

public class ApplyOnnxModelTests
{
    private readonly MLContext _ml = new(1);

    private sealed class XRow
    {
        [VectorType(3)]
        [ColumnName("x")]
        public float[] X { get; set; } = [];
    }

    private sealed class OpenRow
    {
        [ColumnName("image")]
        public float[] Image { get; set; } = [];
    }

    private sealed class TwoRow
    {
        [VectorType(2)]
        [ColumnName("a")]
        public float[] A { get; set; } = [];

        [VectorType(2)]
        [ColumnName("b")]
        public float[] B { get; set; } = [];
    }

    private sealed class TextRow
    {
        [ColumnName("t")]
        public string T { get; set; } = "";
    }

    private sealed class YRow
    {
        [ColumnName("y")]
        public float[] Y { get; set; } = [];
    }

    private static MemoryStream Stream(byte[] bytes) => new(bytes);

    private IDataView Rows(int count) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new XRow { X = [i, i + 0.5f, -i] }).ToArray());

    private static float[][] Column(IDataView view, string name) => [.. view.GetColumn<float[]>(name)];

    private static void CheckDoubled(float[][] y)
    {
        for (int i = 0; i < y.Length; i++)
            Assert.That(y[i], Is.EqualTo(new[] { 2f * i, (2f * i) + 1, -2f * i }), $"row {i}");
    }

    [TestCase("N", null)]
    [TestCase("", null)]
    [TestCase("", 1)]
    public void Transform_AnyKindOfBatch_GivesEachRowItsOwn(string name, int? batch)
    {
        var data = Rows(50);
        using var model = _ml.Transforms.ApplyOnnxModel(Stream(OnnxModels.Doubler(batch, name))).Fit(data);
        var view = model.Transform(data);
        var y = Column(view, "y");
        Assert.That(y, Has.Length.EqualTo(50));
        CheckDoubled(y);
        Assert.That(Column(view, "z")[3], Is.EqualTo(new[] { -3f, -3.5f, 3f }));
    }

    [Test]
    public void Fit_AllOutputs_HaveVectorTypes()
    {
        using var model = _ml.Transforms.ApplyOnnxModel(Stream(OnnxModels.Doubler())).Fit(Rows(1));
        var schema = model.GetOutputSchema(Rows(1).Schema);
        Assert.Multiple(() =>
        {
            Assert.That(schema["y"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 3)));
            Assert.That(schema.Select(column => column.Name), Is.EqualTo(new[] { "x", "y", "z" }));
        });
    }

    [Test]
    public void GetOutputSchema_NamedOutput_AddsOnlyThat()
    {
        var estimator = _ml.Transforms.ApplyOnnxModel("z", "x", Stream(OnnxModels.Doubler()));
        using var model = estimator.Fit(Rows(1));
        Assert.That(model.GetOutputSchema(Rows(1).Schema).Select(column => column.Name), Is.EqualTo(new[] { "x", "z" }));
    }

    [Test]
    public void Transform_FromFileWithOptions_Runs()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        try
        {
            File.WriteAllBytes(path, OnnxModels.Doubler());
            var data = Rows(3);
            using var model = _ml.Transforms.ApplyOnnxModel(
                new OnnxOptions { ModelFile = path, InputColumns = ["x"], OutputColumns = ["y"], IntraOpNumThreads = 1, InterOpNumThreads = 1 }).Fit(data);
            CheckDoubled(Column(model.Transform(data), "y"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Transform_TwoInputs_AreAdded()
    {
        var data = _ml.Data.LoadFromEnumerable([new TwoRow { A = [1, 2], B = [10, 20] }, new TwoRow { A = [3, 4], B = [30, 40] }]);
        using var model = _ml.Transforms.ApplyOnnxModel(["s"], ["a", "b"], Stream(OnnxModels.Sum())).Fit(data);
        Assert.That(Column(model.Transform(data), "s"), Is.EqualTo(new float[][] { [11, 22], [33, 44] }));
    }

    [Test]
    public void Transform_ShapeDictionary_FillsOpenSizes()
    {
        var data = _ml.Data.LoadFromEnumerable([new OpenRow { Image = [.. Enumerable.Range(0, 12).Select(i => (float)i)] }]);
        var shapes = new Dictionary<string, int[]> { ["image"] = [1, 3, 2, 2] };
        using var model = _ml.Transforms.ApplyOnnxModel("mean", "image", Stream(OnnxModels.GlobalAverage(openSizes: true)), shapes).Fit(data);
        Assert.That(Column(model.Transform(data), "mean").Single(), Is.EqualTo(new[] { 1.5f, 5.5f, 9.5f }));
    }

    [Test]
    public void Transform_OpenSizesWithoutShapes_SaysWhatToDo()
    {
        var data = _ml.Data.LoadFromEnumerable([new OpenRow { Image = new float[12] }]);
        using var model = _ml.Transforms.ApplyOnnxModel(Stream(OnnxModels.GlobalAverage(openSizes: true))).Fit(data);
        var view = model.Transform(data);
        Assert.That(() => Column(view, "mean"), Throws.InvalidOperationException.With.Message.Contains("shapeDictionary"));
    }

    [Test]
    public void Transform_Text_GoesThrough()
    {
        var data = _ml.Data.LoadFromEnumerable([new TextRow { T = "one" }, new TextRow { T = "zwei ü" }]);
        using var model = _ml.Transforms.ApplyOnnxModel(Stream(OnnxModels.TextIdentity())).Fit(data);
        Assert.That(model.Transform(data).GetColumn<string[]>("u").Select(texts => texts.Single()), Is.EqualTo(new[] { "one", "zwei ü" }));
    }

    [Test]
    public void PredictionEngine_Rows_GiveTheSame()
    {
        using var model = _ml.Transforms.ApplyOnnxModel("y", "x", Stream(OnnxModels.Doubler())).Fit(Rows(1));
        using var engine = _ml.Model.CreatePredictionEngine<XRow, YRow>(model);
        CheckDoubled([engine.Predict(new XRow { X = [0, 0.5f, 0] }).Y, engine.Predict(new XRow { X = [1, 1.5f, -1] }).Y]);
    }

    [Test]
    public void Save_Load_GivesTheSame()
    {
        var data = Rows(3);
        using var model = _ml.Transforms.ApplyOnnxModel("y", "x", Stream(OnnxModels.Doubler())).Fit(data);
        using var file = new MemoryStream();
        _ml.Model.Save(model, data.Schema, file);
        file.Position = 0;
        CheckDoubled(Column(new MLContext().Model.Load(file, out _).Transform(data), "y"));
    }

    [Test]
    public void ApplyOnnxModel_UnknownOutput_NamesThoseThereAre() =>
        Assert.That(
            () => _ml.Transforms.ApplyOnnxModel("w", "x", Stream(OnnxModels.Doubler())),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("y, z"));

    [Test]
    public void ApplyOnnxModel_NoModel_SaysSo() =>
        Assert.That(() => _ml.Transforms.ApplyOnnxModel(Stream("not a model"u8.ToArray())), Throws.InvalidOperationException.With.Message.Contains("not a model"));

    [Test]
    public void ApplyOnnxModel_MissingFile_SaysSo() =>
        Assert.That(() => _ml.Transforms.ApplyOnnxModel("no-such.onnx"), Throws.TypeOf<FileNotFoundException>());

    [Test]
    public void Fit_WrongItemType_Throws()
    {
        var data = _ml.Data.LoadFromEnumerable([new XRow { X = [1, 2, 3] }]);
        const int Double = 11;
        var estimator = _ml.Transforms.ApplyOnnxModel(Stream(OnnxModels.Doubler(elementType: Double)));
        Assert.That(() => estimator.Fit(data), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Double"));
    }

    [Test]
    public void ApplyOnnxModel_GpuWithoutFallback_ThrowsOrRuns()
    {
        // The ordinary build of ONNX Runtime has no CUDA: with the fallback the model runs, without it the error says what to do.
        var context = new MLContext { FallbackToCpu = false };
        using (var model = context.Transforms.ApplyOnnxModel("y", "x", Stream(OnnxModels.Doubler()), gpuDeviceId: 0, fallbackToCpu: true).Fit(Rows(2)))
            CheckDoubled(Column(model.Transform(Rows(2)), "y"));
        try
        {
            using var model = context.Transforms.ApplyOnnxModel("y", "x", Stream(OnnxModels.Doubler()), gpuDeviceId: 0).Fit(Rows(2));
            CheckDoubled(Column(model.Transform(Rows(2)), "y"));
        }
        catch (InvalidOperationException e)
        {
            Assert.That(e.Message, Does.Contain("fallbackToCpu"));
        }
    }

    [Test]
    public void Chain_ImagesToModel_GivesMeanColours()
    {
        var path = Image.ImageFiles.NewPath(".png");
        try
        {
            Image.ImageFiles.Columns(4, (200, 100, 50), (200, 100, 50), (200, 100, 50), (200, 100, 50)).Save(path);
            var data = _ml.Data.LoadFromEnumerable([new TextRow { T = path }, new TextRow { T = path }]);
            var chain = _ml.Transforms.LoadImages("loaded", null, "t")
                .Append(_ml.Transforms.ResizeImages("loaded", 2, 2))
                .Append(_ml.Transforms.ExtractPixels("image", "loaded", scaleImage: 0.01f))
                .Append(_ml.Transforms.ApplyOnnxModel("mean", "image", Stream(OnnxModels.GlobalAverage())));
            var means = Column(chain.Fit(data).Transform(data), "mean");
            Assert.Multiple(() =>
            {
                Assert.That(means, Has.Length.EqualTo(2));
                Assert.That(means, Is.All.EqualTo(new[] { 2f, 1f, 0.5f }).Within(0.011f));
            });
        }
        finally
        {
            File.Delete(path);
        }
    }
}
