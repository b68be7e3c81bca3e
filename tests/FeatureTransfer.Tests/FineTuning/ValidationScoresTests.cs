using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Tests.FineTuning;

public class ValidationScoresTests
{
    [Test]
    public void Metric_Classes_CountedByHand()
    {
        // Truth 0 0 0 1, predicted 0 0 1 1.
        var scores = new ValidationScores(FineTuneTask.Multiclass, [2, 0, 1, 0, 0, 1, 0, 3], [1, 0, 1, 0, 1, 0, 0, 1], 2);
        Assert.Multiple(() =>
        {
            Assert.That(scores.Metric(ValidationMetric.Accuracy), Is.EqualTo(0.75));
            Assert.That(scores.Metric(ValidationMetric.MacroAccuracy), Is.EqualTo(((2 / 3.0) + 1) / 2).Within(1e-9));
            Assert.That(scores.Metric(ValidationMetric.MacroF1), Is.EqualTo(((4 / 5.0) + (2 / 3.0)) / 2).Within(1e-9));
            Assert.That(scores.Loss(), Is.EqualTo((Math.Log(1 + Math.Exp(-2)) + Math.Log(1 + Math.Exp(-1)) + Math.Log(1 + Math.E) + Math.Log(1 + Math.Exp(-3))) / 4).Within(1e-9));
        });
    }

    [Test]
    public void Metric_Numbers_CountedByHand()
    {
        var scores = new ValidationScores(FineTuneTask.Regression, [1, 2, 6], [1, 4, 4], 1);
        Assert.Multiple(() =>
        {
            Assert.That(scores.Metric(ValidationMetric.RootMeanSquaredError), Is.EqualTo(Math.Sqrt(8 / 3.0)).Within(1e-9));
            Assert.That(scores.Metric(ValidationMetric.MeanAbsoluteError), Is.EqualTo(4 / 3.0).Within(1e-9));
            Assert.That(scores.Metric(ValidationMetric.RSquared), Is.EqualTo(1 - (8 / 6.0)).Within(1e-9));
        });
    }

    [TestCase(new[] { 1f, 2, 3, 4 }, new[] { 0f, 0, 1, 1 }, 1)]
    [TestCase(new[] { 4f, 3, 2, 1 }, new[] { 0f, 0, 1, 1 }, 0)]
    [TestCase(new[] { 1f, 1, 1, 1 }, new[] { 0f, 1, 0, 1 }, 0.5)]
    [TestCase(new[] { 1f, 3, 2, 4 }, new[] { 0f, 0, 1, 1 }, 0.75)]
    public void Area_SmallSets_CountPairs(float[] scores, float[] labels, double expected) =>
        Assert.That(RocCurve.Area(scores, labels), Is.EqualTo(expected).Within(1e-9));

    [Test]
    public void Area_ScoreNotANumber_IsNoNumber() => Assert.That(RocCurve.Area([1, float.NaN, 2], [1, 0, 0]), Is.NaN);

    [Test]
    public void Area_OneKindOnly_IsNoNumber() => Assert.That(RocCurve.Area([1, 2], [1, 1]), Is.NaN);

    [Test]
    public void Steepest_Curve_TakesTheFastestFall()
    {
        double[] losses = [2, 2, 2, 1.9, 1.5, 1.1, 1, 1, 1.3];
        var curve = losses.Select((loss, i) => new LearningRatePoint(Math.Pow(10, i - 6), loss)).ToList();
        Assert.That(LearningRateFinder.Steepest(curve, 7), Is.EqualTo(0.01).Within(1e-9));
        Assert.That(LearningRateFinder.Steepest([.. curve.Select(point => point with { Loss = 1 })], 7), Is.EqualTo(7));
    }

    [Test]
    public void Beta_SmallAndLargeParameters_HaveTheRightMeanAndSpread([Values(0.2, 1, 4)] double alpha)
    {
        var random = new Random(5);
        var shares = Enumerable.Range(0, 4000).Select(_ => Randomness.Beta(random, alpha)).ToList();
        Assert.That(shares, Is.All.InRange(0, 1));
        Assert.That(shares.Average(), Is.EqualTo(0.5).Within(0.03));
        Assert.That(shares.Average(share => Math.Pow(share - 0.5, 2)), Is.EqualTo(1 / (4 * ((2 * alpha) + 1))).Within(0.015));
    }

    [Test]
    public void Mix_Cutmix_MovesBoxesAndLabelsTogether()
    {
        PartInput[] inputs = [new("x", [1, 8, 8])];
        var batch = new TrainingBatch(inputs, 2, [], 2) { Rows = 2 };
        batch.Inputs[0].AsSpan(64).Fill(1);
        (batch.Targets[0], batch.Targets[3]) = (1, 1);
        var mixer = new BatchMixer(new() { CutmixAlpha = 1 }, inputs, false);
        var mixed = Enumerable.Range(1, 20).Any(seed =>
        {
            mixer.Mix(batch, new Random(seed));
            Assert.That(batch.Inputs[0].Take(64).Average(), Is.EqualTo(batch.Targets[1]).Within(1e-5), "the second label's share is the second image's area");
            var changed = batch.Targets[1] is > 0 and < 1;
            batch.Inputs[0].AsSpan(0, 64).Clear();
            batch.Inputs[0].AsSpan(64).Fill(1);
            (batch.Targets[0], batch.Targets[1], batch.Targets[2], batch.Targets[3]) = (1, 0, 0, 1);
            return changed;
        });
        Assert.That(mixed);
    }
}
