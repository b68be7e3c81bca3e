using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Tests.Neighbours;

public class RecommenderTests
{
    // Directions of 0, 90, 45, 180 and 270 degrees.
    private static readonly NeighbourIndex _items = NeighbourIndexTests.Index(SimilarityMetric.Cosine, [2, 0], [0, 1], [1, 1], [-1, 0], [0, -3]);

    // Item 0 has users 1, 2, 3; item 3 has users 1, 2; item 1 has user 3; item 4 has user 4.
    private static readonly string[][] _choices = [["item 0", "item 3"], ["item 0", "item 3", "item 3"], ["item 0", "item 1"], ["item 4"]];

    [Test]
    public void Recommend_VectorsAlone_AreTheNearestToTheMeanWithoutTheChosen()
    {
        var found = new Recommender(_items).Recommend(["item 0", "item 1"], 10);
        Assert.That(found.Select(item => item.Row), Is.EqualTo(new[] { 2, 3, 4 }));
        Assert.That(found.Select(item => item.Score), Is.EqualTo(new[] { 0.5, -0.5 * Math.Sqrt(0.5), -0.5 * Math.Sqrt(0.5) }).Within(1e-6), "half of the cosines");
    }

    [Test]
    public void Recommend_ChoicesAlone_AreThoseOfTheSamePeople()
    {
        var found = new Recommender(_items, _choices, togetherWeight: 1).Recommend(["item 0"], 10);
        Assert.That(found.Select(item => item.Name), Is.EqualTo(new[] { "item 3", "item 1", "item 2", "item 4" }));
        Assert.That(found.Select(item => item.Score), Is.EqualTo(new[] { 2 / Math.Sqrt(6), 1 / Math.Sqrt(3), 0, 0 }).Within(1e-12));
    }

    [Test]
    public void Recommend_Both_AreBlended()
    {
        var found = new Recommender(_items, _choices, togetherWeight: 0.25).Recommend(["item 0", "item 1"], 1).Single();
        Assert.That((found.Name, found.Score), Is.EqualTo(("item 2", 0.75)).Using<(string Name, double Score)>((left, right) => left.Name == right.Name && Math.Abs(left.Score - right.Score) < 1e-6));
        var third = new Recommender(_items, _choices, togetherWeight: 0.25).Recommend(["item 0", "item 1"], 10).Single(item => item.Row == 3);
        Assert.That(third.Score, Is.EqualTo((0.75 * -Math.Sqrt(0.5)) + (0.25 * 2 / Math.Sqrt(6) / 2)).Within(1e-6));
    }

    [Test]
    public void Recommend_Wrong_SaysWhy()
    {
        Assert.That(() => new Recommender(_items).Recommend(["item 9"], 1), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no item 'item 9'"));
        Assert.That(() => new Recommender(_items, [["item 0", "none"]]), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no item 'none'"));
        Assert.That(() => new Recommender(_items).Recommend([], 1), Throws.ArgumentException);
        Assert.That(() => new Recommender(_items).Recommend(["item 0"], 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Recommender(_items, _choices, 1.5), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Recommender(NeighbourIndexTests.Index(SimilarityMetric.Euclidean, [1f])), Throws.ArgumentException.With.Message.Contains("Expected Cosine"));
    }

    [Test]
    public void Evaluation_LastChoice_IsCountedByHand()
    {
        // Held out: 3, 3, 1. Known: item 0 three times, item 4 once. The nearest to item 0 is item 2, then 1 and 4; the most popular but item 0 is item 4, then 1.
        var two = RecommendationEvaluation.Run(_items, _choices, k: 2, togetherWeight: 0);
        Assert.That((two.Users, two.K, two.Recall, two.PopularityRecall), Is.EqualTo((3, 2, 1 / 3.0, 1 / 3.0)));
        var one = RecommendationEvaluation.Run(_items, _choices, k: 1, togetherWeight: 0);
        Assert.That((one.Recall, one.PopularityRecall), Is.EqualTo((0.0, 0.0)));
        Assert.That(RecommendationEvaluation.Run(_items, _choices, k: 4).Recall, Is.EqualTo(1), "all but the chosen ones");
    }

    /// <summary>Users of one taste choose among a cluster: vectors find what popularity cannot.</summary>
    [Test]
    public void Evaluation_TastesThatFollowTheVectors_BeatPopularity()
    {
        var random = new Random(3);
        var vectors = NeighbourIndexTests.Vectors(200, 6);
        for (var row = 0; row < vectors.Length; row++)
            vectors[row][row % 10] += 4;
        var index = NeighbourIndexTests.Index(SimilarityMetric.Cosine, vectors);
        var choices = Enumerable.Range(0, 100).Select(user => Enumerable.Range(0, 5).Select(_ => $"item {(random.Next(20) * 10) + (user % 10)}").ToArray()).ToList();
        var drawn = RecommendationEvaluation.Run(index, choices, seed: 1);
        Assert.That(drawn.Recall, Is.GreaterThan(0.4).And.GreaterThan(3 * drawn.PopularityRecall));
        Assert.That(RecommendationEvaluation.Run(index, choices, seed: 1).Recall, Is.EqualTo(drawn.Recall), "the seed decides");
    }

    [Test]
    public void Evaluation_NothingToHoldOut_Refuses() =>
        Assert.That(() => RecommendationEvaluation.Run(_items, [["item 0"], ["item 1", "item 1"]]), Throws.ArgumentException.With.Message.Contains("two different choices"));
}
