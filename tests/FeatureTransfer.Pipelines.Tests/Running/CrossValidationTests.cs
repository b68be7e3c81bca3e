using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Running;

public class CrossValidationTests
{
    private static readonly FoldResult _first = new(0, 0, 8, 2, [new("accuracy", 0.5, true), new("logLoss", 1, false)]);
    private static readonly FoldResult _second = new(0, 1, 8, 2, [new("accuracy", 0.9, true), new("logLoss", 3, false)]);

    [Test]
    public void Summarize_Folds_GivesMeanAndSampleDeviation()
    {
        var summary = CrossValidation.Summarize([_first, _second]);
        Assert.That(summary.Mean["accuracy"], Is.EqualTo(0.7).Within(1e-12));
        Assert.That(summary.Std["accuracy"], Is.EqualTo(Math.Sqrt(0.08)).Within(1e-12));
        Assert.That((summary.Mean["logLoss"], summary.Std["logLoss"]), Is.EqualTo(((double?)2, (double?)Math.Sqrt(2))));
    }

    [Test]
    public void Summarize_OneFold_HasNoDeviation() =>
        Assert.That(CrossValidation.Summarize([_first]).Std.Select(metric => metric.Value), Is.All.Zero);

    [Test]
    public void Summarize_MetricThatAFoldLacks_IsLeftOut() => Assert.That(
        CrossValidation.Summarize([_first, _second with { Metrics = [new("accuracy", 0.9, true)] }]).Mean.Select(metric => metric.Name),
        Is.EqualTo(new[] { "accuracy" }));
}
