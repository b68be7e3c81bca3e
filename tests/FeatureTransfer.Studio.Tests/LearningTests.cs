using FeatureTransfer.Inputs;
using FeatureTransfer.Studio.Hosting;
using FeatureTransfer.Studio.Learning;

namespace FeatureTransfer.Studio.Tests;

/// <summary>What is said of labels is said by models that have not learned from them.</summary>
public class LearningTests
{
    // Three clusters on a line; rows of a class lie close together.
    private static float[][] Clusters(int each, params float[] centres)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, each * centres.Length).Select(row => new[] { centres[row % centres.Length] + random.NextSingle(), random.NextSingle(), 1f - random.NextSingle() })];
    }

    [Test]
    public void Train_OneWrongLabel_IsDoubtedAndAMistake()
    {
        string?[] labels = [.. Enumerable.Range(0, 80).Select(row => row % 2 == 0 ? "low" : "high")];
        labels[4] = "high";
        var features = Clusters(40, 0, 9);
        features[4][0] = -1;
        var result = HeadTraining.Train(features, labels, HeadSteps.Of(Modality.Image), FeatureTransferServices.Default);
        Assert.That(result.Doubts.Select(doubt => doubt.Row), Is.EqualTo((int[])[4]));
        Assert.That((result.Answer(4), result.Judged.Count(), Math.Round(result.Accuracy!.Value * 80)), Is.EqualTo(("low", 80, 79.0)));
    }

    [Test]
    public void Train_LabelsByChance_AreNotFlattered()
    {
        var random = new Random(5);
        string?[] labels = [.. Enumerable.Range(0, 60).Select(_ => random.Next(2) == 0 ? "a" : "b")];
        var result = HeadTraining.Train(Clusters(60, 0), labels, HeadSteps.Of(Modality.Image), FeatureTransferServices.Default);
        Assert.That(result.Accuracy, Is.LessThan(0.7));
    }

    [Test]
    public void Train_SomeRowsWithoutLabelOrFeatures_AnswersWhereItCan()
    {
        float[]?[] features = [.. Clusters(6, 0, 5)];
        string?[] labels = [.. Enumerable.Range(0, 12).Select(row => row < 8 ? (row % 2 == 0 ? "low" : "high") : null)];
        features[3] = null;
        labels[1] = "alone";
        var result = HeadTraining.Train(features, labels, HeadSteps.Of(Modality.Image), FeatureTransferServices.Default);
        Assert.That((result.Answer(3), result.Labels[3], result.Answer(1), result.Answer(10)), Is.EqualTo(((string?)null, (string?)null, (string?)null, "low")));
        Assert.That(result.Probabilities[10]!.Sum(), Is.EqualTo(1).Within(1e-4));
    }

    [TestCase("two different labels", "a", "a", null)]
    [TestCase("two items or more", "a", "a", "b")]
    [TestCase(null, "a", "a", "b", "b")]
    public void Missing_Labels_SaysWhatLacks(string? expected, params string?[] labels) =>
        Assert.That(HeadTraining.Missing(labels), expected is null ? Is.Null : Does.Contain(expected));

    [Test]
    public void Choose_WithoutModel_TakesOneOfEachCluster()
    {
        float[][] features = [.. new[] { 0, 90, 180 }.SelectMany(angle => Enumerable.Range(0, 5).Select(i => (float[])[MathF.Cos((angle + i) * MathF.PI / 180), MathF.Sin((angle + i) * MathF.PI / 180)]))];
        var labels = new string?[15];
        labels[0] = "a";
        Assert.That(NextRows.Choose(features, labels, null, 2).Select(row => row / 5), Is.EquivalentTo((int[])[1, 2]));
    }

    [Test]
    public void Choose_WithModel_TakesTheUncertainAndNoLabelled()
    {
        float[][] features = [.. Enumerable.Range(0, 100).Select(row => new[] { row / 10f, 1f + (row % 3) })];
        string?[] labels = [.. Enumerable.Range(0, 100).Select(row => row % 5 != 0 ? null : row < 50 ? "low" : "high")];
        var result = HeadTraining.Train(features, labels, HeadSteps.Of(Modality.Image), FeatureTransferServices.Default);
        var next = NextRows.Choose(features, labels, result, 3);
        Assert.That(next, Has.Count.EqualTo(3).And.All.InRange(25, 75));
        Assert.That(next.Select(row => labels[row]), Is.All.Null);
    }

    [Test]
    public void Facts_Copies_AreDuplicatesAndLieTogether()
    {
        float[]?[] features = [[1, 0, 0], [0, 1, 0], null, [1, 0, 0.01f], [0, 0, 1]];
        var facts = FeatureFacts.None.WithMap(features).WithDuplicates(features, [0, 1, 3, 4], default);
        Assert.That(facts.Duplicates.Single(), Is.EqualTo((int[])[0, 3]));
        Assert.That(facts.Points.Keys, Is.EquivalentTo((int[])[0, 1, 3, 4]));
        Assert.That(facts.Points[0].X, Is.EqualTo(facts.Points[3].X).Within(0.02));
    }

    [Test]
    public void WithDuplicates_FewNewRows_JoinTheGroupsThatAllPairsGive()
    {
        float[]?[] features = [.. Enumerable.Range(0, 60).Select(row => new[] { MathF.Cos(row), MathF.Sin(row), 0.1f }), [MathF.Cos(3), MathF.Sin(3), 0.1f], [0, 0, -1]];
        var before = FeatureFacts.None.WithDuplicates(features[..60], [.. Enumerable.Range(0, 60)], default);
        var joined = before.WithDuplicates(features, [60, 61], default);
        var anew = FeatureFacts.None.WithDuplicates(features, [.. Enumerable.Range(0, 62)], default);
        Assert.That(joined.Duplicates.Select(group => string.Join(' ', group)).Order(), Is.EqualTo(anew.Duplicates.Select(group => string.Join(' ', group)).Order()));
        Assert.That(joined.Duplicates.SelectMany(group => group), Does.Contain(60).And.Not.Contain(61));
    }

    [Test]
    public async Task Points_TenThousandRows_AreElevenBytesEach()
    {
        using var toys = new ToyFolder(1);
        await using var session = toys.Open();
        session.Label([1], "cat");
        var state = session.State;
        var bytes = MapPoints.Of(state);
        Assert.That((bytes.Length, BitConverter.ToSingle(bytes), BitConverter.ToInt16(bytes, 24), BitConverter.ToInt16(bytes, 26)), Is.EqualTo((33, -1f, (short)-1, (short)0)));
        var many = state with { Rows = [.. Enumerable.Repeat(state.Rows[0], 10_000)], Labels = new string?[10_000] };
        Assert.That(MapPoints.Of(many), Has.Length.EqualTo(110_000));
    }
}
