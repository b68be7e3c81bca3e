using FeatureTransfer.Diagnostics;

namespace FeatureTransfer.Tests.Diagnostics;

/// <summary>What is measured of a classifier without labels of the target, against closed forms.</summary>
public class UnlabelledTests
{
    /// <summary>(1 + 4) of 8, and 8² / (1 + 9 + 16).</summary>
    [Test]
    public void ImportanceWeightedAccuracy_ThreeRows_IsTheWeightedShare()
    {
        var accuracy = ImportanceWeightedAccuracy.Of([1, 3, 4], [true, false, true]);
        Assert.That(accuracy.Value, Is.EqualTo(5 / 8.0).Within(1e-12));
        Assert.That(accuracy.EffectiveRows, Is.EqualTo(64 / 26.0).Within(1e-12));
    }

    [TestCase(new double[] { 0, 0 })]
    [TestCase(new[] { 1, double.PositiveInfinity })]
    [TestCase(new double[] { -1, 2 })]
    [TestCase(new double[] { 1 })]
    public void ImportanceWeightedAccuracy_WrongWeights_SaysWhatIsExpected(double[] weights) =>
        Assert.That(() => ImportanceWeightedAccuracy.Of(weights, [true, false]), Throws.ArgumentException.With.Message.Contains("0 or more for each row"));

    /// <summary>ln 4, none, and ln 2.</summary>
    [Test]
    public void PredictionEntropy_ThreeRows_IsTheMeanOfTheirs() =>
        Assert.That(PredictionEntropy.Of([[0.25f, 0.25f, 0.25f, 0.25f], [0, 1, 0, 0], [0, 0.5f, 0.5f, 0]]), Is.EqualTo(Math.Log(8) / 3).Within(1e-7));

    /// <summary>All alike, each of four rows has three neighbours that are equally near.</summary>
    [Test]
    public void SoftNeighbourhoodDensity_RowsAllAlike_IsTheLogarithmOfTheOthers() =>
        Assert.That(SoftNeighbourhoodDensity.Of([[0.3f, 0.7f], [0.3f, 0.7f], [0.3f, 0.7f], [0.3f, 0.7f]]), Is.EqualTo(Math.Log(3)).Within(1e-6));

    /// <summary>
    /// Of two rows of one class and one of another, either of the two sees similarities 1 and 0, of softmax p = 1 / (1 + e^(-1/t)) and 1 - p; the third sees two zeros.
    /// </summary>
    [Test]
    public void SoftNeighbourhoodDensity_ThreeRows_IsTheClosedForm([Values(0.05, 0.5)] double temperature)
    {
        var share = 1 / (1 + Math.Exp(-1 / temperature));
        var two = -(share * Math.Log(share)) - ((1 - share) * Math.Log(1 - share));
        Assert.That(SoftNeighbourhoodDensity.Of([[1, 0], [1, 0], [0, 1]], temperature), Is.EqualTo(((2 * two) + Math.Log(2)) / 3).Within(1e-6));
    }

    [Test]
    public void SoftNeighbourhoodDensity_OneRow_SaysWhatIsExpected() =>
        Assert.That(() => SoftNeighbourhoodDensity.Of([[1, 0]]), Throws.ArgumentException.With.Message.Contains("two or more"));

    /// <summary>Bins of one value each, whose frequencies are known: 3 of 4 rows of the reference lie at 0, and 1 of 4 of the other sample.</summary>
    [Test]
    public void DomainClassifier_Ratios_AreThoseOfTheFrequencies()
    {
        var ratios = DomainClassifier.Ratios(new TwoSamples(Rows(300, 100), Rows(100, 300)), CancellationToken.None);
        Assert.That(ratios.Average(), Is.EqualTo(1).Within(1e-9));
        Assert.That(ratios[^1] / ratios[0], Is.EqualTo(9).Within(1), "(3/4 / 1/4) / (1/4 / 3/4)");

        static List<float[]> Rows(int zeros, int ones) => [.. Enumerable.Range(0, zeros + ones).Select(row => new[] { row < zeros ? 0f : 1f })];
    }
}
