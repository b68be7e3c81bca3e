using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Tests.Neighbours;

public class NearDuplicatesTests
{
    [Test]
    public void Find_Chain_IsOneGroup()
    {
        var index = NeighbourIndexTests.Index(SimilarityMetric.Euclidean, [0], [10], [1], [2], [20], [11]);
        Assert.That(NearDuplicates.Find(index, 1), Is.EqualTo(new[] { new[] { 0, 2, 3 }, [1, 5] }));
        Assert.That(NearDuplicates.Find(index, 0.99), Is.Empty);
        Assert.That(NearDuplicates.Find(index, 9), Is.EqualTo(new[] { new[] { 0, 1, 2, 3, 4, 5 } }));
    }

    [Test]
    public void Find_Cosine_TakesTheThresholdAsSimilarity()
    {
        var index = NeighbourIndexTests.Index(SimilarityMetric.Cosine, [4, 3], [0, 1], [40, 30], [3, 4], [0, 0], [0, 0]);
        Assert.That(NearDuplicates.Find(index, 0.999), Is.EqualTo(new[] { new[] { 0, 2 } }), "vectors of zeros are like nothing");
        Assert.That(NearDuplicates.Find(index, 0.9599), Is.EqualTo(new[] { new[] { 0, 2, 3 } }), "0.96 lies between the first and the fourth");
    }

    [Test]
    public void Find_ManyItems_GivesWhatComparingEachPairGives()
    {
        var items = NeighbourIndexTests.Vectors(300, 5);
        for (var i = 0; i < 100; i++)
            items[(i * 131 + 7) % 300] = [.. items[i].Select(value => value * 1.5f)];
        var index = NeighbourIndexTests.Index(SimilarityMetric.Cosine, items);
        int[] first = [.. Enumerable.Range(0, 300)];
        for (var i = 0; i < 300; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (one, other) = (first[i], first[j]);
                if (one != other && Enumerable.Range(0, items[i].Length).Sum(k => (double)index.Vector(i)[k] * index.Vector(j)[k]) >= 0.999)
                    first = [.. first.Select(root => root == one || root == other ? Math.Min(one, other) : root)];
            }
        }

        var expected = Enumerable.Range(0, 300).GroupBy(row => first[row]).Select(group => group.ToArray()).Where(group => group.Length > 1).ToList();
        Assert.That(expected, Has.Count.GreaterThan(20));
        Assert.That(NearDuplicates.Find(index, 0.999), Is.EqualTo(expected));
    }

    [TestCase(SimilarityMetric.Cosine, 1.1)]
    [TestCase(SimilarityMetric.Cosine, double.NaN)]
    [TestCase(SimilarityMetric.Euclidean, -1)]
    public void Find_ThresholdOutOfRange_Refuses(SimilarityMetric metric, double threshold) =>
        Assert.That(() => NearDuplicates.Find(NeighbourIndexTests.Index(metric, [1f]), threshold), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Find_Cancelled_Stops() =>
        Assert.That(() => NearDuplicates.Find(NeighbourIndexTests.Index(SimilarityMetric.Cosine, [1f]), 0.9, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
}
