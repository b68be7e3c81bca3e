using FeatureTransfer.Cascades;
using FeatureTransfer.Devices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Cascades;

public class RunCascadeTests
{
    private static readonly ImagesToTensorOptions _plain = new() { Height = 4, Width = 4, Mean = [0, 0, 0], StandardDeviation = [1, 1, 1] };
    private readonly MLContext _ml = new(1);
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-cascade-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void SaveBundle_CascadeOfNumbers_AnswersTheSameInBothReaders()
    {
        using var cascade = Named();
        var rows = Rows(TestImages.SolidPng(8, 6, 51, 102, 255), TestImages.SolidPng(3, 9, 255, 0, 51));
        using var model = _ml.Transforms.RunCascade(cascade, new RunCascadeOptions { OutputColumnName = "Means", Value = "means" }).Fit(rows);
        var path = Path.Combine(_folder, "m.ftm");
        _ml.Model.SaveBundle(model, rows.Schema, path);
        var (own, builtIn) = (_ml.Model.LoadBundle(path, out _), _ml.Model.Load(path, out _));
        var expected = Vectors(model, rows);
        Assert.Multiple(() =>
        {
            Assert.That(model.GetOutputSchema(rows.Schema)["Means"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 3)));
            Assert.That(expected[0], Is.EqualTo(new[] { 0.2f, 0.4f, 1 }).Within(1e-5));
            Assert.That(expected[1], Is.EqualTo(new[] { 1, 0, 0.2f }).Within(1e-5));
            Assert.That(own, Is.TypeOf<CascadeTransformer>());
            Assert.That(Vectors(own, rows), Is.EqualTo(expected));
            Assert.That(Vectors(builtIn, rows), Is.EqualTo(expected));
        });
    }

    [Test]
    public void Transform_ImageThatCannotBeRead_IsLeftOutAndReported()
    {
        using var cascade = Named();
        var rows = Rows(TestImages.SolidPng(4, 4, 255, 0, 0), "no image"u8.ToArray(), TestImages.SolidPng(4, 4, 0, 0, 255));
        using var model = _ml.Transforms.RunCascade(cascade).Fit(rows);
        var rejected = new RejectedRowCollector();
        var view = model.WithRejectedRows(rejected).Transform(rows);
        Assert.Multiple(() =>
        {
            Assert.That(view.GetColumn<string>("Found"), Is.EqualTo(new[] { "red", "blue" }));
            Assert.That(view.GetColumn<string>("ImagePath").Select(Path.GetFileName), Is.EqualTo(new[] { "0.png", "2.png" }));
            Assert.That(rejected.Rows.Select(row => Path.GetFileName(row.Input)).Distinct(), Is.EqualTo(new[] { "1.png" }));
        });
    }

    [Test]
    public void Transform_Disposed_IsRefused()
    {
        using var cascade = Named();
        var rows = Rows(TestImages.SolidPng(4, 4, 255, 0, 0));
        var model = _ml.Transforms.RunCascade(cascade).Fit(rows);
        var view = model.Transform(rows);
        model.Dispose();
        Assert.That(() => view.GetColumn<string>("Found").ToList(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Mean_TensorOfSeveralRows_IsThatOfEachColumn()
    {
        Rows(TestImages.SolidPng(4, 4, 255, 0, 0));
        var path = Path.Combine(_folder, "0.png");
        Assert.That(Given(new CascadeTensor(new float[] { 1, 2, 3, 4, 5, 9 }, 3, 2)).Mean(path), Is.EqualTo(new[] { 3f, 5f }));
        Assert.That(() => Given(new CascadeTensor(ReadOnlyMemory<float>.Empty, 0, 2)).Mean(path), Throws.TypeOf<BadInputException>().With.Message.Contains("0.png").And.Message.Contains("'values' has no rows"));
    }

    [Test]
    public void Load_SavedCascade_GivesTheSame()
    {
        using var cascade = Named();
        var path = Path.Combine(_folder, "c.cascade");
        cascade.Save(path);
        using var loaded = Cascade.Load(path);
        var page = new Dictionary<string, object> { ["page"] = TestImages.SolidPng(4, 4, 0, 255, 0) };
        Assert.That(loaded.Stages.Select(stage => stage.Name), Is.EqualTo(cascade.Stages.Select(stage => stage.Name)));
        Assert.That(loaded.Run(page)["names"], Is.EqualTo(cascade.Run(page)["names"]).And.EqualTo(new[] { "green" }));
        File.WriteAllText(path, "no zip");
        Assert.That(() => Cascade.Load(path), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(path));
    }

    [Test]
    public void RunCascade_ValueThatIsNoColumn_SaysWhatIsExpected()
    {
        using var open = new Cascade([new("page", CascadeKind.Image)], new ImagesToTensor("read", "page", "pixels", null, CascadeKind.Image));
        Assert.That(() => _ml.Transforms.RunCascade(open), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'pixels': tensor (?, 3, ?, ?)"));
        using var cascade = Named();
        Assert.That(() => _ml.Transforms.RunCascade(cascade, new RunCascadeOptions { Value = "nams" }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'nams'").And.Message.Contains("names"));
    }

    [Test]
    public void Save_StageOfAnotherAssembly_IsRefusedByName()
    {
        using var cascade = new Cascade([new("page", CascadeKind.Image)], new Foreign());
        Assert.That(() => cascade.Save(Path.Combine(_folder, "c")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'mine'").And.Message.Contains("Foreign"));
    }

    // The mean of each channel, by a graph of one node.
    private static Cascade Named() => new(
        [new("page", CascadeKind.Image)],
        new ImagesToTensor("shrink", "page", "pixels", _plain, CascadeKind.Image),
        new OnnxStage("mean", SmallModels.ChannelMeans(), "pixels", "means", Device.Cpu),
        new ArgMaxToLabel("name", "means", "names", ["red", "green", "blue"]));

    private static CascadeRun Given(CascadeTensor values) => new(new Cascade([new("page", CascadeKind.Image)], new GivenStage("give", new("values", CascadeKind.Tensor), values)), "values", " ");

    private List<float[]> Vectors(ITransformer model, IDataView rows) => [.. model.Transform(rows).GetColumn<float[]>("Means")];

    private IDataView Rows(params byte[][] images)
    {
        for (var i = 0; i < images.Length; i++)
            File.WriteAllBytes(Path.Combine(_folder, $"{i}.png"), images[i]);
        return _ml.Data.LoadFromEnumerable(images.Select((_, i) => new Row { ImagePath = Path.Combine(_folder, $"{i}.png") }));
    }

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";
    }

    private sealed class Foreign() : CascadeStage("mine", [new("page", CascadeKind.Image)], [new("texts", CascadeKind.Texts)])
    {
        public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation) => [new[] { "mine" }];
    }
}
