using FeatureTransfer.Diagnostics;

namespace FeatureTransfer.Tests.Diagnostics;

/// <summary>What a linear probe tells of features that are known.</summary>
public class ConceptProbeTests
{
    private const int Rows = 120;
    private readonly string[] _speakers = [.. Enumerable.Range(0, Rows).Select(row => row % 3 == 0 ? "ann" : row % 3 == 1 ? "bob" : "eve")];

    [Test]
    public void Of_FeatureThatIsTheColumn_TellsEveryRow()
    {
        var probe = ConceptProbe.Of(Features((row, random) => [row % 3, (row % 3 == 1 ? 1 : 0) + (random.NextSingle() * 0.1f)]), _speakers);
        Assert.That(probe, Is.EqualTo(new ConceptProbe(1, 1 / 3.0, Rows, 3)));
    }

    // Standard deviation of a share of 120 rows at a third: 0.043.
    [Test]
    public void Of_FeaturesOfChance_TellNoMoreThanChance() =>
        Assert.That(ConceptProbe.Of(Features((_, random) => [random.NextSingle(), random.NextSingle()]), _speakers).Accuracy, Is.EqualTo(1 / 3.0).Within(0.13));

    /// <summary>The best a classifier can do here is known: two columns of two values each, one of which is the other's in 3 of 4 rows.</summary>
    [Test]
    public void Of_FeatureThatGoesAlongWithTheColumn_TellsAsManyRowsAsItCan()
    {
        string[] cameras = [.. Enumerable.Range(0, Rows).Select(row => row % 2 == 0 ? "old" : "new")];
        var probe = ConceptProbe.Of(Features((row, _) => [row % 8 < 6 ? row % 2 : 1 - (row % 2)]), cameras);
        Assert.That(probe.Accuracy, Is.EqualTo(0.75));
        Assert.That(probe.Chance, Is.EqualTo(0.5));
    }

    [Test]
    public void Of_ErasedFeatures_TellNoMoreThanChance()
    {
        var features = Features((row, random) => [(row % 3) + random.NextSingle(), random.NextSingle(), (row % 3 == 1 ? 1 : 0) + random.NextSingle()]);
        var (rows, concepts) = (Array.ConvertAll(features, row => Array.ConvertAll(row, value => (double)value)), Array.ConvertAll(_speakers, speaker => speaker == "ann" ? 0 : speaker == "bob" ? 1 : 2));
        var erasure = FeatureTransfer.Mitigation.LinearErasure.Of(rows, concepts, default);
        float[][] erased = [.. rows.Select(row => (((MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(row) - erasure.Mean) * erasure.Matrix) + erasure.Mean).Select(value => (float)value).ToArray())];
        Assert.That(ConceptProbe.Of(features, _speakers).Accuracy, Is.GreaterThan(0.7));
        Assert.That(ConceptProbe.Of(erased, _speakers).Accuracy, Is.LessThan(0.45));
    }

    [Test]
    public void Of_RowsWithoutAValue_ArePassedOver()
    {
        string[] values = [.. _speakers.Select((speaker, row) => row < 30 ? "" : speaker)];
        Assert.That(ConceptProbe.Of(Features((row, _) => [row % 3, row % 3 == 1 ? 1 : 0]), values).Rows, Is.EqualTo(90));
    }

    [Test]
    public void Of_OneValue_SaysWhatIsMissing() =>
        Assert.That(() => ConceptProbe.Of(Features((_, _) => [1]), [.. _speakers.Select(_ => "ann")]), Throws.ArgumentException.With.Message.Contains("Expected two such values"));

    private static float[][] Features(Func<int, Random, float[]> row)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, Rows).Select(number => row(number, random))];
    }
}
