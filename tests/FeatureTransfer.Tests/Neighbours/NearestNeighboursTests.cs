using FeatureTransfer.Neighbours;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Neighbours;

public class NearestNeighboursTests
{
    private const int Dimension = 37;
    private readonly MLContext _ml = new(1);

    [Test]
    public void Transform_OtherRows_GivesWhatTheIndexGives([Values] SimilarityMetric metric)
    {
        var (items, queries) = (NeighbourIndexTests.Vectors(300, 11), NeighbourIndexTests.Vectors(20, 12));
        var index = NeighbourIndexTests.Index(metric, items);
        var model = _ml.Transforms.NearestNeighbours(new() { Metric = metric, K = 5 }).Fit(View(items));
        var found = model.Transform(View(queries));
        Assert.That(found.Schema.Select(column => column.Name), Is.EqualTo(new[] { "Name", "Features", "Neighbours", "Distances" }));
        Assert.That(Texts(found), Is.EqualTo(queries.Select(query => index.Search(query, 5).Select(item => item.Name))));
        Assert.That(found.GetColumn<float[]>("Distances").SelectMany(row => row), Is.EqualTo(queries.SelectMany(query => index.Search(query, 5)).Select(item => item.Distance)).Within(1e-5));
    }

    [Test]
    public void Transform_ExcludeSelf_LeavesOutTheRowsOwnItemAlone()
    {
        float[][] items = [.. new float[] { 0, 5, 1, 5 }.Select(first => Enumerable.Repeat(0f, Dimension - 1).Prepend(first).ToArray())];
        var model = _ml.Transforms.NearestNeighbours(new() { Metric = SimilarityMetric.Euclidean, K = 2, ExcludeSelf = true }).Fit(View(items));
        Assert.That(Texts(model.Transform(View(items))), Is.EqualTo(new[] { new[] { "item 2", "item 1" }, ["item 3", "item 2"], ["item 0", "item 1"], ["item 1", "item 2"] }));
        Assert.That(Texts(model.Transform(View(items[..1], "new "))), Is.EqualTo(new[] { new[] { "item 0", "item 2" } }), "a row that is no item has none of its own");
    }

    [Test]
    public void Transform_MoreThanThereAre_GivesAll()
    {
        var items = NeighbourIndexTests.Vectors(3, 13);
        Assert.That(Texts(_ml.Transforms.NearestNeighbours().Fit(View(items)).Transform(View(items))).Select(row => row.Length), Is.All.EqualTo(3));
        Assert.That(Texts(_ml.Transforms.NearestNeighbours(new() { ExcludeSelf = true }).Fit(View(items)).Transform(View(items))).Select(row => row.Length), Is.All.EqualTo(2));
    }

    [Test]
    public void Save_ByMlNet_GivesTheSameNames()
    {
        var items = View(NeighbourIndexTests.Vectors(30, 14));
        var model = _ml.Transforms.NearestNeighbours(new() { K = 3, ExcludeSelf = true }).Fit(items);
        using var file = new MemoryStream();
        _ml.Model.Save(model, items.Schema, file);
        file.Position = 0;
        Assert.That(Texts(new MLContext(2).Model.Load(file, out _).Transform(items)), Is.EqualTo(Texts(model.Transform(items))));
    }

    [Test]
    public void Fit_WrongRows_SaysWhy()
    {
        var rows = View(NeighbourIndexTests.Vectors(3, 15));
        Assert.That(() => Fit(rows, new() { NameColumnName = "Nam" }), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("no column 'Nam'"));
        Assert.That(() => Fit(rows, new() { NameColumnName = "Features", FeatureColumnName = "Name" }), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Expected a vector of floats"));
        Assert.That(() => Fit(View([.. NeighbourIndexTests.Vectors(2, 1)], "same"), new() { ExcludeSelf = true }), Throws.Nothing);
        Assert.That(() => Fit(View([]), new()), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no items"));
        var twice = _ml.Data.LoadFromEnumerable(new[] { new Item { Name = "x" }, new Item { Name = "x" } });
        Assert.That(() => Fit(twice, new() { ExcludeSelf = true }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("2 rows are called 'x'"));
    }

    [Test]
    public void Options_OutOfRange_AreAllNamed() => Assert.That(
        () => _ml.Transforms.NearestNeighbours(new() { K = 0, OutputColumnName = "Distances" }),
        Throws.ArgumentException.With.Message.Contains("K is 0").And.Message.Contains("four different ones"));

    private static string[][] Texts(IDataView rows) => [.. rows.GetColumn<ReadOnlyMemory<char>[]>("Neighbours").Select(row => Array.ConvertAll(row, name => name.ToString()))];

    private ITransformer Fit(IDataView rows, NearestNeighboursOptions options) => _ml.Transforms.NearestNeighbours(options).Fit(rows);

    private IDataView View(float[][] vectors, string prefix = "item ") =>
        _ml.Data.LoadFromEnumerable(vectors.Select((vector, row) => new Item { Name = $"{prefix}{row}", Features = vector }));

    private sealed class Item
    {
        public string Name { get; set; } = "";

        [VectorType(Dimension)]
        public float[] Features { get; set; } = new float[Dimension];
    }
}
