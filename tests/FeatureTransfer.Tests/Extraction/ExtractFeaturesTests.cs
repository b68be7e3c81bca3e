using FeatureTransfer.Extraction;
using FeatureTransfer.Onnx;
using FeatureTransfer.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Extraction;

public class ExtractFeaturesTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-extract-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Transform_Images_GivesWhatPlainOnnxRuntimeGives()
    {
        var paths = Emoji(9);
        var (rows, transformer, _) = Extract(paths, Options());
        var graph = FeatureGraph.Build(Pulled.Model("mobilenet_v2.nsfwjs"), ["block_4_expand_relu", "block_8_expand_relu"], Pooling.Avg);
        Assert.That(rows, Has.Count.EqualTo(9));
        Assert.That(transformer.FeatureLength, Is.EqualTo(rows[0].Features.Length));
        var tensor = new float[3 * 224 * 224];
        for (var i = 0; i < paths.Length; i++)
        {
            new ImagePreprocessor(new ImagePreprocessing()).ReadFile(paths[i], tensor);
            Assert.That(Tensors.RelativeDistance(rows[i].Features, Onnxes.Run(graph, tensor, [1, 3, 224, 224])["features"]), Is.LessThan(1e-5));
        }
    }

    [Test]
    public void Transform_SecondRun_ComputesNothingAndGivesTheSameBytes()
    {
        var paths = Emoji(10);
        using var cache = new FeatureCache(_folder);
        var (first, computed, _) = Extract(paths, Options() with { UseCache = true }, cache);
        using var reopened = new FeatureCache(_folder);
        var (second, cached, _) = Extract(paths, Options() with { UseCache = true }, reopened);
        Assert.Multiple(() =>
        {
            Assert.That(computed.RowsComputed, Is.EqualTo(10));
            Assert.That(cached.RowsComputed, Is.Zero);
            Assert.That(second.Select(row => row.Features), Is.EqualTo(first.Select(row => row.Features)));
        });
    }

    [Test]
    public void Transform_BadRows_AreToldOfAndGoodRowsSurvive()
    {
        var good = Emoji(5);
        var text = Write("text.png", "this is no image"u8.ToArray());
        var empty = Write("empty.png", []);
        var (rows, _, rejected) = Extract([good[0], text, good[1], empty, good[2], Path.Combine(_folder, "missing.png"), good[3], good[4]], Options());
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(row => row.ImagePath), Is.EqualTo(good));
            Assert.That(rejected.Select(row => Path.GetFileName(row.Input)), Is.EqualTo(new[] { "text.png", "empty.png", "missing.png" }));
            Assert.That(rejected, Has.All.Matches<RejectedRow>(row => row!.Reason.Length > 5));
        });
    }

    [Test]
    public void CreatePredictionEngine_OneImage_GivesTheBatchResult()
    {
        var paths = Emoji(3);
        var ml = new MLContext(1);
        var (rows, transformer, _) = Extract(paths, Options());
        var engine = ml.Model.CreatePredictionEngine<InputRow, OutputRow>(transformer);
        foreach (var (path, row) in paths.Zip(rows))
            Assert.That(Tensors.RelativeDistance(engine.Predict(new InputRow { ImagePath = path })!.Features, row.Features), Is.LessThan(1e-5));
        Assert.That(() => engine.Predict(new InputRow { ImagePath = "no-such.png" }), Throws.TypeOf<BadInputException>().With.Message.Contains("no-such.png"));
    }

    [Test]
    public void Extract_AnySetting_GivesTheSameBits()
    {
        Reference.Npm("nsfwjs");
        var paths = Emoji(7);
        var plain = Bits(Options() with { BatchSize = 1, DecodeThreads = 1, IntraOpThreads = 1, Sessions = 1 });
        Assert.That(plain, Has.Count.EqualTo(7));
        foreach (var (batch, decoders, threads, sessions) in new[] { (1, 2, 1, 2), (3, 2, 1, 1), (7, 1, 2, 1), (32, 3, 2, 2) })
            Assert.That(Bits(Options() with { BatchSize = batch, DecodeThreads = decoders, IntraOpThreads = threads, Sessions = sessions }), Is.EqualTo(plain), $"{batch}, {decoders}, {threads}, {sessions}");

        List<string> Bits(ExtractFeaturesOptions options)
        {
            using var extractor = new FeatureExtractor(options);
            return [.. extractor.Extract(paths).Select(row => Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(row.Features.AsSpan())))];
        }
    }

    [Test]
    public void Fit_MissingColumn_NamesTheNearest()
    {
        var estimator = new MLContext().Transforms.ExtractFeatures("Features", "ImagPath", "mobilenet_v2.nsfwjs");
        var view = new MLContext().Data.LoadFromEnumerable(new[] { new InputRow() });
        Assert.That(() => estimator.Fit(view), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Did you mean 'ImagePath'?"));
    }

    [Test]
    public void Fit_UnknownLayer_NamesTheNearest()
    {
        Reference.Npm("nsfwjs");
        var estimator = new MLContext().Transforms.ExtractFeatures("Features", "ImagePath", "mobilenet_v2.nsfwjs", ["block_4_expand_rel"]);
        var view = new MLContext().Data.LoadFromEnumerable(new[] { new InputRow() });
        Assert.That(() => estimator.Fit(view), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'block_4_expand_relu'"));
    }

    [Test]
    public void Fit_BackboneForText_SaysSoBeforeItIsFetched()
    {
        var view = new MLContext().Data.LoadFromEnumerable(new[] { new InputRow() });
        Assert.That(() => new MLContext().Transforms.ExtractFeatures("Features", "ImagePath", "gpt_2.onnx_zoo").Fit(view), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("takes text"));
    }

    [Test]
    public void GetOutputSchema_AddsAVectorColumn()
    {
        Reference.Npm("nsfwjs");
        var estimator = new MLContext().Transforms.ExtractFeatures(Options());
        var shape = estimator.GetOutputSchema(new SchemaShape([SchemaColumns.FloatVector("ImagePath", new VectorDataViewType(NumberDataViewType.Single, 1))]));
        var column = shape.Single(column => column.Name == "Features");
        Assert.That((column.Kind, column.ItemType), Is.EqualTo((SchemaShape.Column.VectorKind.Vector, (DataViewType)NumberDataViewType.Single)));
    }

    private static ExtractFeaturesOptions Options() => new() { Backbone = "mobilenet_v2.nsfwjs", Layers = ["block_4", "block_8"], BatchSize = 2, UseCache = false };

    private static string[] Emoji(int count) =>
        [.. Directory.EnumerateFiles(Reference.Npm("emoji-datasource-twitter/img/twitter/64"), "*.png").Order(StringComparer.Ordinal).Take(count)];

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static (IReadOnlyList<OutputRow> Rows, ExtractFeaturesTransformer Transformer, IReadOnlyList<RejectedRow> Rejected) Extract(string[] paths, ExtractFeaturesOptions options, FeatureCache? cache = null)
    {
        Reference.Npm("nsfwjs");
        var ml = new MLContext(1);
        var rejected = new RejectedRowCollector();
        var services = FeatureTransferServices.Default with { Backbones = Pulled.Store, Cache = cache, Rejected = rejected };
        var view = ml.Data.LoadFromEnumerable(paths.Select(path => new InputRow { ImagePath = path }));
        var transformer = ml.Transforms.ExtractFeatures(options, services).Fit(view);
        return ([.. ml.Data.CreateEnumerable<OutputRow>(transformer.Transform(view), reuseRowObject: false)], transformer, rejected.Rows);
    }

    private sealed class InputRow
    {
        public string ImagePath { get; set; } = "";
    }

    private sealed class OutputRow
    {
        public string ImagePath { get; set; } = "";

        public float[] Features { get; set; } = [];
    }
}
