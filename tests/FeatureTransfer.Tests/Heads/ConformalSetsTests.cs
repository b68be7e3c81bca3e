using FeatureTransfer.Heads;

namespace FeatureTransfer.Tests.Heads;

public class ConformalSetsTests
{
    private static readonly LinearDecision _model = HeadData.Learn(new LinearProbeOptions());

    // Each seed draws other rows to fit the threshold on and to cover; with 400 to fit on, coverage itself spreads by 1.5 points.
    [TestCase(ConformalMethod.LeastAmbiguous)]
    [TestCase(ConformalMethod.Adaptive)]
    public void Of_NinetyPercentOver20Seeds_CoversNinety(ConformalMethod method)
    {
        var (covered, size) = (0.0, 0.0);
        for (var seed = 0; seed < 20; seed++)
        {
            var (fit, judge) = (HeadData.Rows(399, 1000 + (seed * 77_777)), HeadData.Rows(900, 5_000_000 + (seed * 99_991)));
            var sets = ConformalSets.Fit(Probabilities(fit), fit.Labels, 0.9, method, seed).Of(Probabilities(judge));
            covered += sets.Zip(judge.Labels, (set, label) => set.Contains(label) ? 1.0 : 0).Average() / 20;
            size += sets.Average(set => set.Count) / 20;
        }

        Assert.That(covered, Is.EqualTo(0.9).Within(0.02));
        Assert.That(size, Is.LessThan(2), "covering by all classes is no art");
    }

    [Test]
    public void Of_LeastAmbiguous_TakesClassesAboveTheThreshold()
    {
        var sets = ConformalSets.Fit([[0.9f, 0.1f], [0.8f, 0.2f], [0.7f, 0.3f]], [0, 0, 0], coverage: 0.75);
        Assert.That(sets.Threshold, Is.EqualTo(0.3).Within(1e-6));
        Assert.That(sets.Of([[0.29f, 0.71f], [0.4f, 0.6f]]), Is.EqualTo(new int[][] { [1], [] }));
    }

    [Test]
    public void Of_TooFewRowsForTheCoverage_HoldsAllClasses() =>
        Assert.That(ConformalSets.Fit([[0.9f, 0.1f]], [0]).Of([[0.2f, 0.8f]]).Single(), Is.EqualTo(new[] { 1, 0 }));

    [Test]
    public void Of_SameSeed_GivesTheSameSets()
    {
        var sets = ConformalSets.Fit(Probabilities(HeadData.Train), HeadData.Train.Labels, 0.8, ConformalMethod.Adaptive);
        var first = sets.Of(Probabilities(HeadData.Test));
        Assert.That(sets.Of(Probabilities(HeadData.Test)), Is.EqualTo(first));
    }

    private static List<float[]> Probabilities(LabelledFeatures rows) => [.. HeadData.Vectors(rows).Select(row => new TemperatureScaling(1, true).Apply(_model.Logits(row)))];
}
