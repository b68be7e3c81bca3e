using FeatureTransfer.Diagnostics;
using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Tests.Diagnostics;

public sealed class DataIssueTests
{
    // The means of the labelled classes are 0.7 and 0.75: row 2 reaches that of the other class, row 5 does not.
    [Test]
    public void LabelErrors_OneRowOfEach_OnlyTheConfidentOneIsProbable()
    {
        float[][] probabilities = [[0.9f, 0.1f], [0.9f, 0.1f], [0.1f, 0.9f], [0.9f, 0.1f], [0.1f, 0.9f], [0.4f, 0.6f]];
        var ranked = LabelErrors.Rank(probabilities, [0, 0, 0, 0, 1, 1]);
        Assert.Multiple(() =>
        {
            Assert.That((ranked[0].Row, ranked[0].Suggested, ranked[0].IsProbable), Is.EqualTo((2, 1, true)));
            Assert.That(ranked[0].Doubt, Is.EqualTo(0.9).Within(1e-6));
            Assert.That(ranked[1].Row, Is.EqualTo(5));
            Assert.That(ranked.Count(label => label.IsProbable), Is.EqualTo(1));
        });
    }

    [Test]
    public void LabelErrors_PlantedInSeparateClasses_ComeFirst()
    {
        var random = new Random(4);
        var truth = Enumerable.Range(0, 400).Select(row => row % 4).ToArray();
        var wrong = Enumerable.Range(0, 400).Where(row => row % 20 == 7).ToHashSet();
        int[] labels = [.. truth.Select((value, row) => wrong.Contains(row) ? (value + 1) % 4 : value)];
        float[][] probabilities = [.. truth.Select(value => Enumerable.Range(0, 4).Select(other => (float)((other == value ? 2 : 0.5) + random.NextDouble())).ToArray()).Select(row => row.Select(value => value / row.Sum()).ToArray())];
        Assert.That(LabelErrors.Rank(probabilities, labels).Take(wrong.Count).Select(label => label.Row), Is.EquivalentTo(wrong));
    }

    [TestCase(new[] { 0, 1 })]
    [TestCase(new[] { 2 })]
    [TestCase(new[] { -1 })]
    public void LabelErrors_ClassesThatDoNotFit_AreRefused(int[] classes) =>
        Assert.That(() => LabelErrors.Rank([[0.5f, 0.5f]], classes), Throws.ArgumentException);

    [Test]
    public void Outliers_OneRowApart_ScoresHighest()
    {
        var builder = new NeighbourIndexBuilder(SimilarityMetric.Euclidean);
        var random = new Random(1);
        for (var row = 0; row < 60; row++)
            builder.Add($"{row}", row == 33 ? [20f, -20f] : [(float)random.NextDouble(), (float)random.NextDouble()]);
        var scores = Outliers.Scores(builder.Build());
        Assert.Multiple(() =>
        {
            Assert.That(scores[33], Is.GreaterThan(50));
            Assert.That(scores.Where((_, row) => row != 33), Has.All.LessThan(8));
        });
    }

    [Test]
    public void Outliers_AllAlike_ScoreZero()
    {
        var builder = new NeighbourIndexBuilder();
        for (var row = 0; row < 5; row++)
            builder.Add($"{row}", [1, 2]);
        Assert.That(Outliers.Scores(builder.Build()), Has.All.Zero);
    }

    [Test]
    public void SourceLeaks_OneClassFromOneCamera_IsNamed()
    {
        string[] labels = [.. Enumerable.Range(0, 60).Select(row => row % 3 == 0 ? "daisy" : row % 3 == 1 ? "rose" : "tulip")];
        var properties = new Dictionary<string, IReadOnlyList<string>>
        {
            ["size"] = [.. labels.Select((label, row) => label == "daisy" && row != 3 ? "640x480" : "800x600")],
            ["ending"] = [.. labels.Select(_ => ".jpg")],
        };
        var leak = SourceLeaks.Find(properties, labels).Single();
        Assert.That((leak.Property, leak.Value, leak.Label, leak.Rows, leak.Share, leak.Covered), Is.EqualTo(("size", "640x480", "daisy", 19, 1.0, 0.95)));
    }

    [Test]
    public void SourceLeaks_MostlyOneLabelAnyway_IsNone() => Assert.That(
        SourceLeaks.Find(new Dictionary<string, IReadOnlyList<string>> { ["size"] = [.. Enumerable.Repeat("1x1", 40)] }, [.. Enumerable.Range(0, 40).Select(row => row == 0 ? "b" : "a")]),
        Is.Empty);
}
