using FeatureTransfer.Pipelines.Advising;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Advising;

public sealed class ChoiceTests
{
    private static readonly double[] _best = [0.8, 0.9, 1.0, 0.9, 0.9];

    // The standard error of the best is 0.0707 / sqrt(5) = 0.0316: its mean is 0.9.
    [TestCase(0.87, 0.5, "other", TestName = "Of_CheaperWithinOneStandardError_IsTaken")]
    [TestCase(0.86, 0.5, "best", TestName = "Of_CheaperBeyondOneStandardError_IsNot")]
    [TestCase(0.89, 0.9, "best", TestName = "Of_HardlyCheaper_IsNot")]
    [TestCase(0.89, 0.0, "best", TestName = "Of_TimeUnknown_IsNot")]
    public void Of_TwoCandidates_TakesOne(double score, double seconds, string expected) =>
        Assert.That(Choice.Of([Candidate("best", 1, _best), Candidate("other", seconds, score, score, score, score, score)]).Pick.Backbone, Is.EqualTo(expected));

    // ResNet-18: 1.8 thousand million multiplications, of which its last stage takes a fifth, in 64 megabytes.
    [TestCase(80, 360_000_000, false, TestName = "IsWorthOpening_FewRows_IsNot")]
    [TestCase(500, 360_000_000, true, TestName = "IsWorthOpening_ManyRows_Is")]
    [TestCase(500, 0, false, TestName = "IsWorthOpening_NothingSaved_IsNot")]
    public void IsWorthOpening(int rows, long saved, bool expected) => Assert.That(BackboneTrial.IsWorthOpening(rows, saved, 64_000_000), Is.EqualTo(expected));

    [Test]
    public void Difference_FoldsOfOtherRows_IsUnknown()
    {
        var first = Candidate("a", 1, _best).Probe;
        Assert.Multiple(() =>
        {
            Assert.That(Paired.Difference(first, first)!.Value, Is.EqualTo(new Interval(0, 0)));
            Assert.That(Paired.Difference(first, CrossValidation.Summarize([.. first.Folds.Select(fold => fold with { TestRows = fold.TestRows - 1 })])), Is.Null);
        });
    }

    private static AdvisedLayers Candidate(string name, double seconds, params double[] folds) => new()
    {
        Backbone = name,
        Layers = ["x"],
        Features = 1,
        Round = 1,
        Rows = 50,
        Probe = CrossValidation.Summarize([.. folds.Select((value, fold) => new FoldResult(0, fold, 40, 10, [new MetricValue("microAccuracy", value, true)]))]),
        SecondsPerRow = seconds,
    };
}
