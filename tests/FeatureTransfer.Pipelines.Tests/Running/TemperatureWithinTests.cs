using FeatureTransfer.Heads;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>What a temperature within a model does to the errors of rows, by logits whose probabilities are fractions.</summary>
public class TemperatureWithinTests
{
    // Logits ln 9 and 0: at a temperature of 1 the shares are 9/10 and 1/10, at one of 2 they are 3/4 and 1/4.
    private static readonly float _logit = MathF.Log(9);

    [Test]
    public void ReportWithin_SeveralClasses_HasTheErrorsOfBoth()
    {
        var scored = new ScoredRows(["a", "b"], [new RowScore([3f / 4, 1f / 4]), new RowScore([1f / 4, 3f / 4])]);
        AssertReport(TemperatureFinder.ReportWithin(2, new MulticlassRules(["a", "b"]), scored, ["a", "a"])!);
    }

    [Test]
    public void ReportWithin_TwoClasses_TakesTheScoreForTheLogitThatNoTemperatureChanged()
    {
        var scored = new ScoredRows([], [new RowScore([_logit], 3f / 4), new RowScore([-_logit], 1f / 4)]);
        AssertReport(TemperatureFinder.ReportWithin(2, new BinaryRules(new BinaryLabels("a") { Negative = "b", Positive = "a" }), scored, ["a", "a"])!);
    }

    /// <summary>The logits that gave the probabilities are gone, and a temperature of 1 comes to what they gave.</summary>
    [TestCase(0.5)]
    [TestCase(1)]
    [TestCase(7)]
    public void ReportWithin_AnyTemperature_IsWithoutItWhatTheLogitsGive(double temperature)
    {
        float[] logits = [1.5f, -0.5f, 0.25f];
        var scored = new ScoredRows(["a", "b", "c"], [new RowScore(new TemperatureScaling(temperature, IsLogits: true).Apply(logits))]);
        var report = TemperatureFinder.ReportWithin(temperature, new MulticlassRules(["a", "b", "c"]), scored, ["c"])!;
        Assert.That(report.Before!.LogLoss, Is.EqualTo(Math.Log(Math.Exp(1.5) + Math.Exp(-0.5) + Math.Exp(0.25)) - 0.25).Within(1e-5));
        Assert.That(report.After!.LogLoss, Is.EqualTo(Math.Log(Math.Exp(1.5 / temperature) + Math.Exp(-0.5 / temperature) + Math.Exp(0.25 / temperature)) - (0.25 / temperature)).Within(1e-5));
    }

    [Test]
    public void ReportWithin_LabelThatTheModelDoesNotKnow_SaysNothingOfItsProbabilities()
    {
        var scored = new ScoredRows(["a", "b"], [new RowScore([3f / 4, 1f / 4]), new RowScore([0.5f, 0.5f])]);
        var report = TemperatureFinder.ReportWithin(2, new MulticlassRules(["a", "b"]), scored, ["a", "stranger"])!;
        Assert.That(report.After!.LogLoss, Is.EqualTo(Math.Log(4.0 / 3)).Within(1e-6));
        Assert.That(TemperatureFinder.ReportWithin(2, new MulticlassRules(["a", "b"]), scored, ["x", "y"]), Is.EqualTo(new CalibrationReport(2, null, null)));
        Assert.That(TemperatureFinder.ReportWithin(null, new MulticlassRules(["a", "b"]), scored, ["a", "b"]), Is.Null, "a model without a temperature");
    }

    // Both rows are of the first class, and half of the answers are right.
    private static void AssertReport(CalibrationReport report) => Assert.Multiple(() =>
    {
        Assert.That(report.Temperature, Is.EqualTo(2));
        Assert.That(report.Before!.LogLoss, Is.EqualTo((Math.Log(10.0 / 9) + Math.Log(10)) / 2).Within(1e-6));
        Assert.That(report.After!.LogLoss, Is.EqualTo((Math.Log(4.0 / 3) + Math.Log(4)) / 2).Within(1e-6));
        Assert.That(report.Before.ExpectedCalibrationError, Is.EqualTo(0.9 - 0.5).Within(1e-6));
        Assert.That(report.After.ExpectedCalibrationError, Is.EqualTo(0.75 - 0.5).Within(1e-6));
        Assert.That((report.Before.Accuracy, report.After.Accuracy), Is.EqualTo((0.5, 0.5)));
    });
}
