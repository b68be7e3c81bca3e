using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Tests.Neighbours;

public class NeighbourIndexTests
{
    private const int Dimension = 37;

    [Test]
    public void Search_EveryQuery_GivesWhatDoublePrecisionGives([Values] SimilarityMetric metric)
    {
        var (items, queries) = (Vectors(3000, 1), Vectors(50, 2));
        var index = Index(metric, items);
        var many = index.SearchMany(queries, 10);
        for (var i = 0; i < queries.Length; i++)
        {
            var expected = items.Select((item, row) => (Distance: Reference(metric, queries[i], item), Row: row)).Order().Take(10).ToList();
            Assert.That(index.Search(queries[i], 10), Is.EqualTo(many[i]));
            Assert.That(many[i].Select(found => found.Row), Is.EqualTo(expected.Select(item => item.Row)));
            Assert.That(many[i].Select(found => (double)found.Distance), Is.EqualTo(expected.Select(item => item.Distance)).Within(1e-5));
            Assert.That(many[i].Select(found => found.Name), Is.EqualTo(expected.Select(item => $"item {item.Row}")));
        }
    }

    [Test]
    public void Search_EqualItems_ComeInTheOrderOfTheirRows([Values] SimilarityMetric metric)
    {
        var items = Enumerable.Range(0, 5000).Select(row => row % 7 == 3 ? new float[] { 1, 2, 3 } : [3, 2, 1]).ToArray();
        Assert.That(Index(metric, items).Search([1, 2, 3], 5).Select(found => found.Row), Is.EqualTo(new[] { 3, 10, 17, 24, 31 }));
    }

    [Test]
    public void Search_MoreThanThereAre_GivesAll() =>
        Assert.That(Index(SimilarityMetric.Euclidean, [[0], [5], [2]]).Search([1.9f], 100).Select(found => found.Row), Is.EqualTo(new[] { 2, 0, 1 }));

    [TestCase(0)]
    [TestCase(-1)]
    public void Search_NoneWanted_Refuses(int k)
    {
        Assert.That(() => Index(SimilarityMetric.Cosine, [[1]]).Search([1], k), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Index(SimilarityMetric.Cosine, [[1]]).SearchMany([[1]], k), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Search_WrongVector_SaysWhy()
    {
        var index = Index(SimilarityMetric.Cosine, [[1, 2]]);
        Assert.That(() => index.Search([1, 2, 3], 1), Throws.ArgumentException.With.Message.Contains("3 values, and those of the index have 2"));
        Assert.That(() => index.Search([1, float.NaN], 1), Throws.ArgumentException.With.Message.Contains("not a finite number"));
        Assert.That(() => index.SearchMany([[1, 2], [1, float.PositiveInfinity]], 1), Throws.ArgumentException.With.Message.Contains("not a finite number"));
    }

    [Test]
    public void Search_ZeroVector_IsAtDistanceOneOfEveryDirection()
    {
        var index = Index(SimilarityMetric.Cosine, [[0, 0], [1, 0], [-1, 0]]);
        Assert.That(index.Search([0, 0], 3).Select(found => found.Distance), Is.All.EqualTo(1f));
        Assert.That(index.Search([1, 0], 3).Select(found => (found.Row, found.Distance)), Is.EqualTo(new[] { (1, 0f), (0, 1f), (2, 2f) }));
    }

    [TestCase(1e30f)]
    [TestCase(1e-40f)]
    public void Search_CosineOfLargeAndSmallValues_IsThatOfTheirDirections(float scale)
    {
        var found = Index(SimilarityMetric.Cosine, [[3 * scale, 4 * scale], [4, 3]]).Search([3, 4], 2);
        Assert.That(found.Select(item => item.Distance), Is.EqualTo(new[] { 0, 0.04f }).Within(1e-5));
    }

    [Test]
    public void Search_ManyThreads_GiveWhatOneGives()
    {
        var queries = Vectors(200, 3);
        var index = Index(SimilarityMetric.Cosine, Vectors(500, 4));
        var alone = Array.ConvertAll(queries, query => index.Search(query, 5));
        var beside = new IReadOnlyList<Neighbour>[queries.Length];
        Parallel.For(0, queries.Length, i => beside[i] = index.Search(queries[i], 5));
        Assert.That(beside, Is.EqualTo(alone));
    }

    [Test]
    public void SearchMany_Cancelled_Stops() =>
        Assert.That(() => Index(SimilarityMetric.Cosine, [[1]]).SearchMany([[1]], 1, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void SearchMany_NoQueries_GivesNothing() => Assert.That(Index(SimilarityMetric.Cosine, [[1]]).SearchMany([], 1), Is.Empty);

    [Test]
    public void IndexOf_NamesThatRepeat_IsTheFirst()
    {
        var builder = new NeighbourIndexBuilder();
        builder.Add("a", [1]);
        builder.Add("b", [2]);
        builder.Add("b", [3]);
        Assert.That(new[] { "a", "b", "c" }.Select(builder.Build().IndexOf), Is.EqualTo(new[] { 0, 1, -1 }));
    }

    [Test]
    public void Add_VectorThatCannotBe_NamesTheItem()
    {
        var builder = new NeighbourIndexBuilder();
        Assert.That(() => builder.Add("none", []), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("none: the vector has 0 values"));
        builder.Add("good", [1, 2]);
        Assert.That(() => builder.Add("long", [1, 2, 3]), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("long: the vector has 3 values. Expected 2, as the first item, good, has"));
        Assert.That(() => builder.Add("odd", [1, float.NegativeInfinity]), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("odd: the vector has a value that is not a finite number"));
        Assert.That(builder.Build().Names, Is.EqualTo(new[] { "good" }));
    }

    [Test]
    public void Build_ThenAddMore_LeavesTheIndexAsItWas()
    {
        var builder = new NeighbourIndexBuilder(SimilarityMetric.Euclidean);
        builder.Add("a", [1]);
        var first = builder.Build();
        builder.Add("b", [2]);
        Assert.That(first.Search([2], 5).Select(found => found.Name), Is.EqualTo(new[] { "a" }));
        Assert.That(builder.Build().Search([2], 5).Select(found => found.Name), Is.EqualTo(new[] { "b", "a" }));
    }

    [Test]
    public void Build_NoItems_Refuses() => Assert.That(() => new NeighbourIndexBuilder().Build(), Throws.TypeOf<FeatureTransferException>());

    internal static NeighbourIndex Index(SimilarityMetric metric, params float[][] items)
    {
        var builder = new NeighbourIndexBuilder(metric);
        for (var row = 0; row < items.Length; row++)
            builder.Add($"item {row}", items[row]);
        return builder.Build();
    }

    internal static float[][] Vectors(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Dimension).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray())];
    }

    private static double Reference(SimilarityMetric metric, float[] left, float[] right)
    {
        double Product(float[] one, float[] other) => one.Zip(other, (a, b) => (double)a * b).Sum();
        return metric == SimilarityMetric.Cosine
            ? 1 - (Product(left, right) / Math.Sqrt(Product(left, left) * Product(right, right)))
            : Math.Sqrt(left.Zip(right, (a, b) => ((double)a - b) * ((double)a - b)).Sum());
    }
}
