using FeatureTransfer.Extraction;
using FeatureTransfer.Onnx;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Extraction;

public class ExtractFeaturesTransformerTests
{
    private readonly MLContext _ml = new(1);
    private ColourImages _images = null!;

    [OneTimeSetUp]
    public void Make() => _images = new ColourImages();

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void Transform_EncodedBytes_GivesWhatPathsGive()
    {
        var view = _ml.Data.LoadFromEnumerable(_images.Paths.Select(path => new BytesRow { Image = File.ReadAllBytes(path) }));
        using var transformer = _ml.Transforms.ExtractFeatures(_images.Options with { InputColumnName = "Image" }).Fit(view);
        var features = transformer.Transform(view).GetColumn<float[]>("Features").ToList();
        Assert.That(features, Has.Count.EqualTo(6));
        for (var i = 0; i < features.Count; i++)
            Assert.That(features[i], Is.EqualTo(ColourImages.Expected(i)).Within(1e-5));
    }

    [Test]
    public void Transform_BrokenBytes_AreNamedByTheirRow()
    {
        var rejected = new RejectedRowCollector();
        var view = _ml.Data.LoadFromEnumerable(new[] { new BytesRow { Image = File.ReadAllBytes(_images.Paths[0]) }, new BytesRow { Image = [1, 2, 3] } });
        using var transformer = _ml.Transforms.ExtractFeatures(_images.Options with { InputColumnName = "Image" }, FeatureTransferServices.Default with { Rejected = rejected }).Fit(view);
        Assert.That(transformer.Transform(view).GetColumn<float[]>("Features").Count(), Is.EqualTo(1));
        Assert.That(rejected.Rows.Single().Input, Is.EqualTo("row 1, column 'Image'"));
    }

    [Test]
    public void Transform_OtherColumns_StayBesideTheirFeatures()
    {
        var view = _ml.Data.LoadFromEnumerable(_images.Paths.Select((path, i) => new Row { ImagePath = path, Number = i, Vector = [i, i + 1] }));
        using var transformer = _ml.Transforms.ExtractFeatures(_images.Options).Fit(view);
        foreach (var row in _ml.Data.CreateEnumerable<FullRow>(transformer.Transform(view), reuseRowObject: true))
        {
            Assert.That(row.ImagePath, Is.EqualTo(_images.Paths[(int)row.Number]));
            Assert.That(row.Vector, Is.EqualTo(new[] { row.Number, row.Number + 1 }));
            Assert.That(row.Features, Is.EqualTo(ColourImages.Expected((int)row.Number)).Within(1e-5));
        }
    }

    [Test]
    public void Transform_PoolingNone_KeepsTheDimensions()
    {
        var view = Paths();
        using var transformer = _ml.Transforms.ExtractFeatures(_images.Options with { Pooling = Pooling.None }).Fit(view);
        var type = (VectorDataViewType)transformer.GetOutputSchema(view.Schema)["Features"].Type;
        Assert.That(type.Dimensions, Is.EqualTo(new[] { 3, 4, 4 }));
        Assert.That(transformer.FeatureLength, Is.EqualTo(48));
    }

    [Test]
    public void GetRowToRowMapper_OneRow_GivesItsFeatures()
    {
        var view = Paths();
        using var transformer = _ml.Transforms.ExtractFeatures(_images.Options).Fit(view);
        var mapper = transformer.GetRowToRowMapper(view.Schema);
        var features = mapper.OutputSchema["Features"];
        Assert.That(mapper.GetDependencies([features]).Select(column => column.Name), Is.EqualTo(new[] { "ImagePath" }));
        Assert.That(mapper.GetDependencies([mapper.OutputSchema["Number"]]).Select(column => column.Name), Is.EqualTo(new[] { "Number" }));

        using var cursor = view.GetRowCursor(view.Schema);
        using var row = mapper.GetRow(cursor, mapper.OutputSchema);
        var (features1, path) = (row.GetGetter<VBuffer<float>>(features), row.GetGetter<ReadOnlyMemory<char>>(mapper.OutputSchema["ImagePath"]));
        for (var i = 0; cursor.MoveNext(); i++)
        {
            VBuffer<float> values = default;
            ReadOnlyMemory<char> text = default;
            features1(ref values);
            path(ref text);
            Assert.That(row.Position, Is.EqualTo(i));
            Assert.That(row.IsColumnActive(features), Is.True);
            Assert.That(text.ToString(), Is.EqualTo(_images.Paths[i]));
            Assert.That(values.DenseValues(), Is.EqualTo(ColourImages.Expected(i)).Within(1e-5));
        }
    }

    [Test]
    public void GetGetter_OfAnotherTypeOrAColumnNotAskedFor_SaysSo()
    {
        var view = Paths();
        using var transformer = _ml.Transforms.ExtractFeatures(_images.Options).Fit(view);
        var rows = transformer.Transform(view);
        Assert.That((rows.CanShuffle, rows.GetRowCount()), Is.EqualTo((false, (long?)null)));
        using var cursor = rows.GetRowCursorSet([rows.Schema["Features"]], 4).Single();
        Assert.That(cursor.IsColumnActive(rows.Schema["Number"]), Is.False);
        Assert.That(() => cursor.GetGetter<float>(rows.Schema["Number"]), Throws.InvalidOperationException.With.Message.Contains("Number"));
        Assert.That(() => cursor.GetGetter<double>(rows.Schema["Features"]), Throws.InvalidOperationException);
    }

    [Test]
    public void Transform_BatchThatStaysOne_GivesEachRowItsOwn()
    {
        var path = Save(SmallModels.OneImageOnly());
        using var transformer = _ml.Transforms.ExtractFeatures(_images.Options with { Backbone = path, Layers = ["outer"] }).Fit(Paths());
        var features = transformer.Transform(Paths()).GetColumn<float[]>("Features").ToList();
        for (var i = 0; i < features.Count; i++)
        {
            var colour = ColourImages.Expected(i).Select(value => (value - 1) / 2).ToArray();
            Assert.That(features[i], Is.EqualTo(colour.Select(value => value - colour.Average() + 1)).Within(1e-5));
        }
    }

    [Test]
    public void Transform_ChannelsLast_ReadsTheLayoutFromTheModel()
    {
        using var transformer = _ml.Transforms.ExtractFeatures(_images.Options with { Backbone = Save(SmallModels.ChannelsLast()) }).Fit(Paths());
        Assert.That(((ImagePreparation)transformer.Preparation).Preprocessing.Layout, Is.EqualTo(TensorLayout.Nhwc));
        Assert.That(transformer.Transform(Paths()).GetColumn<float[]>("Features").First(), Is.EqualTo(new[] { 0f, 0.2f, 1f }).Within(1e-5));
    }

    [Test]
    public void Transform_NobodyTakesRejects_WarnsInTheLog()
    {
        var log = new Notes();
        var view = _ml.Data.LoadFromEnumerable(new[] { new Row { ImagePath = "missing.png" }, new Row { ImagePath = _images.Paths[0] } });
        using var transformer = _ml.Transforms.ExtractFeatures(_images.Options, FeatureTransferServices.Default with { Logger = log }).Fit(view);
        Assert.That(transformer.Transform(view).GetColumn<float[]>("Features").Count(), Is.EqualTo(1));
        Assert.That(log.Lines.Single(line => line.StartsWith("Warning", StringComparison.Ordinal)), Does.Contain("missing.png"));
    }

    [Test]
    public void Transform_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        using var transformer = _ml.Transforms.ExtractFeatures(_images.Options, FeatureTransferServices.Default with { Cancellation = source.Token }).Fit(Paths());
        var rows = transformer.Transform(Paths());
        source.Cancel();
        Assert.That(() => rows.GetColumn<float[]>("Features").Count(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Transform_AbandonedHalfway_LetsGo()
    {
        using var many = new ColourImages(25);
        var view = _ml.Data.LoadFromEnumerable(Enumerable.Repeat(many.Paths, 20).SelectMany(paths => paths).Select(path => new Row { ImagePath = path }));
        using var transformer = _ml.Transforms.ExtractFeatures(many.Options).Fit(view);
        Assert.That(transformer.Transform(view).GetColumn<float[]>("Features").Take(3).Count(), Is.EqualTo(3));
        Assert.That(transformer.RowsComputed, Is.LessThan(500), "memory and work stay bounded by the channel");
    }

    [Test]
    public void Fit_ColumnOfNumbers_SaysWhatIsExpected() => Assert.That(
        () => _ml.Transforms.ExtractFeatures(_images.Options with { InputColumnName = "Number" }).Fit(Paths()),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("'Number'").And.Message.Contains("a path").And.Message.Contains("bytes"));

    [Test]
    public void Transform_AnotherSizeThanTheModels_SolidImagesHaveTheSameMeans()
    {
        using var larger = _ml.Transforms.ExtractFeatures(_images.Options with { Preprocessing = new ImagePreprocessing { Height = 8, Width = 8 } }).Fit(Paths());
        var features = larger.Transform(Paths()).GetColumn<float[]>("Features").ToList();
        for (var i = 0; i < features.Count; i++)
            Assert.That(features[i], Is.EqualTo(ColourImages.Expected(i)).Within(1e-5));
    }

    [Test]
    public void Fit_LayerThatIsMadeForAnotherSize_NamesBothShapes()
    {
        var path = Path.Combine(_images.Folder, "fixed.onnx");
        SmallModels.Transformer().Save(path);
        Assert.That(
            () => _ml.Transforms.ExtractFeatures(_images.Options with { Backbone = path, Layers = ["sum1"], Preprocessing = new ImagePreprocessing { Height = 16, Width = 16 } }).Fit(Paths()),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("(?, 3, 8, 8)").And.Message.Contains("(batch, 3, 16, 16)"));
    }

    [Test]
    public void Fit_ModelThatOnnxRuntimeRefuses_SaysSo()
    {
        var model = SmallModels.Colours();
        model.Proto.Graph.Node[0].OpType = "NoSuchOperator";
        var path = Save(new OnnxModel(model.Proto, "odd"));
        Assert.That(
            () => _ml.Transforms.ExtractFeatures(_images.Options with { Backbone = path }).Fit(Paths()),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("ONNX Runtime cannot load").And.Message.Contains("NoSuchOperator"));
    }

    [Test]
    public void Create_CutGraph_NeedsNoCatalogue()
    {
        var graph = FeatureGraph.Build(SmallModels.Colours(), ["times"], Pooling.Avg);
        var services = new FeatureTransferServices { Catalog = new FeatureTransfer.Backbones.ModelCatalog([]) };
        using var transformer = ExtractFeaturesTransformer.Create(_images.Options, graph, new ImagePreparation(new ImagePreprocessing { Height = 4, Width = 4 }), "id.tag", services);
        Assert.That((transformer.BackboneId, transformer.FeatureLength, transformer.IsRowToRowMapper), Is.EqualTo(("id.tag", 3, true)));
        Assert.That(transformer.Transform(Paths()).GetColumn<float[]>("Features").First(), Is.EqualTo(new[] { 0f, 0.4f, 2f }).Within(1e-5));
    }

    [TestCase("", "no path")]
    [TestCase("missing.png", "no such file")]
    [TestCase("nul\0l.png", "cannot be read")]
    public void Transform_PathThatCannotBeRead_IsRejectedWithItsReason(string path, string reason)
    {
        var rejected = new RejectedRowCollector();
        var view = _ml.Data.LoadFromEnumerable(new[] { new Row { ImagePath = path }, new Row { ImagePath = _images.Paths[0] } });
        using var transformer = _ml.Transforms.ExtractFeatures(_images.Options, FeatureTransferServices.Default with { Rejected = rejected }).Fit(view);
        Assert.That(transformer.Transform(view).GetColumn<float[]>("Features").Count(), Is.EqualTo(1));
        Assert.That(rejected.Rows.Single().Reason, Does.Contain(reason));
    }

    private string Save(OnnxModel model)
    {
        var path = Path.Combine(_images.Folder, model.Name + ".onnx");
        model.Save(path);
        return path;
    }

    private IDataView Paths() => _ml.Data.LoadFromEnumerable(_images.Paths.Select((path, i) => new Row { ImagePath = path, Number = i }));

    private sealed class Notes : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add($"{logLevel} {formatter(state, exception)}");
    }

    private sealed class BytesRow
    {
        public byte[] Image { get; set; } = [];
    }

    private class Row
    {
        public string ImagePath { get; set; } = "";

        public float Number { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [0, 0];
    }

    private sealed class FullRow : Row
    {
        public float[] Features { get; set; } = [];
    }
}
