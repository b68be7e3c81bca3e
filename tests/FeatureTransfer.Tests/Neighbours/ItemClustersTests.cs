using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Tests.Neighbours;

public class ItemClustersTests
{
    private static readonly (float X, float Y)[] _corners = [(0, 0), (10, 0), (0, 10)];

    [TestCase(null)]
    [TestCase(3)]
    public void Find_ThreeCorners_FindsThemAndTheirMiddles(int? count)
    {
        var found = ItemClusters.Find(Index(), count);
        Assert.Multiple(() =>
        {
            Assert.That(found.Clusters.Select(rows => rows.Count), Is.EqualTo(new[] { 30, 20, 10 }));
            Assert.That(found.Clusters.Select(rows => rows.Select(Corner).Distinct().Count()), Is.All.EqualTo(1));
            Assert.That(found.Clusters.SelectMany(rows => rows), Is.Unique);
            Assert.That(found.Silhouette, Is.InRange(0.9, 1));
        });
    }

    [Test]
    public void Find_OneCluster_ItsItemsComeNearestToTheCentreFirst()
    {
        var builder = new NeighbourIndexBuilder(SimilarityMetric.Euclidean);
        foreach (var x in new[] { 4f, 1, 2, 100, 101 })
            builder.Add($"{x}", [x, 0]);
        Assert.That(ItemClusters.Find(builder.Build(), 2).Clusters[0], Is.EqualTo(new[] { 2, 1, 0 }), "the middle of 4, 1 and 2 is 2.33");
    }

    [Test]
    public void Find_SameSeed_GivesTheSame()
    {
        var (first, second) = (ItemClusters.Find(Index(), 5, seed: 3), ItemClusters.Find(Index(), 5, seed: 3));
        Assert.That(second.Clusters, Is.EqualTo(first.Clusters));
    }

    [Test]
    public void Find_TooFewItems_SaysHowManyItTakes()
    {
        Assert.That(() => ItemClusters.Find(Index(), 61), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("60 items").And.Message.Contains("61 or more"));
        Assert.That(() => ItemClusters.Find(Index(), 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    /// <summary>The first as scikit-learn's documentation has it for adjusted_rand_score and normalized_mutual_info_score; the second by hand.</summary>
    [TestCase("0012", "aabb", 4 / 7.0, 0.8, 1)]
    [TestCase("0011", "aabb", 1, 1, 1)]
    [TestCase("0011", "abab", -0.5, 0, 0.5)]
    [TestCase("0000", "aabb", 0, 0, 0.5)]
    public void Of_KnownCases_AgreeAsMuchAsTheyShould(string clusters, string labels, double rand, double information, double purity)
    {
        IReadOnlyList<int>[] rows = [.. clusters.Index().GroupBy(row => row.Item, row => row.Index).Select(group => group.ToArray())];
        var agreement = ClusterAgreement.Of(rows, [.. labels.Select(label => label.ToString())]);
        Assert.That(agreement.AdjustedRandIndex, Is.EqualTo(rand).Within(1e-9));
        Assert.That(agreement.NormalizedMutualInformation, Is.EqualTo(information).Within(1e-9));
        Assert.That(agreement.Purity, Is.EqualTo(purity));
    }

    private static int Corner(int row) => row < 10 ? 0 : row < 30 ? 1 : 2;

    private static NeighbourIndex Index()
    {
        var random = new Random(1);
        var builder = new NeighbourIndexBuilder(SimilarityMetric.Euclidean);
        for (var row = 0; row < 60; row++)
            builder.Add($"{row}", [_corners[Corner(row)].X + random.NextSingle(), _corners[Corner(row)].Y + random.NextSingle()]);
        return builder.Build();
    }
}
