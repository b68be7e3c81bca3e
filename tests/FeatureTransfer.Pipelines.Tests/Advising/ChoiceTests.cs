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

    [Test]
    public void Of_Candidates_SaysWhy()
    {
        AdvisedLayers best = Candidate("best", 2, _best) with { Layers = ["x", "y"] }, other = Candidate("other", 1, 0.87, 0.87), cheapest = Candidate("cheapest", 0.5, 0.88, 0.88);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Choice.Of([best]).Why, Is.EqualTo("best (x, y) has the best cross-validated accuracy, 0.900 on 50 rows."));
            Assert.That(
                Choice.Of([best, other, cheapest]),
                Is.EqualTo((cheapest, "best (x, y) has the best cross-validated accuracy, 0.900 on 50 rows; cheapest (x) is within one standard error of it (0.880) at 0.25 of its time, and is taken.")));
            Assert.That(Choice.Of([Candidate("one", 1, 0.9), Candidate("two", 0.5, 0.89)]).Pick.Backbone, Is.EqualTo("one"), "one fold has no error");
        }
    }

    [Test]
    public void Best_Candidates_StandByScoreThenLogMeThenTime()
    {
        AdvisedLayers[] candidates =
        [
            Candidate("slow", 2, 0.8) with { LogMe = 1 },
            Candidate("quick", 1, 0.8) with { LogMe = 1 },
            Candidate("sure", 3, 0.8) with { LogMe = 2 },
            Candidate("unsure", 3, 0.8) with { LogMe = -1 },
            Candidate("unknown", 3, 0.8),
            Candidate("best", 9, 0.9),
        ];
        Assert.That(Choice.Best(candidates).Select(candidate => candidate.Backbone), Is.EqualTo(new[] { "best", "sure", "quick", "slow", "unknown", "unsure" }));
    }

    [Test]
    public void Best_ErrorsForScores_StandTheSmallestFirst()
    {
        AdvisedLayers[] candidates = [.. new[] { 0.3, 0.1, 0.2 }.Select(error => Candidate("any", 1, 0) with { Probe = Errors(error, error) })];
        Assert.That(Choice.Best(candidates).Select(candidate => candidate.Score), Is.EqualTo(new[] { 0.1, 0.2, 0.3 }));
        Assert.That(Choice.Of([candidates[1]]).Why, Does.Contain("cross-validated rootMeanSquaredError, 0.100"));
    }

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

    /// <summary>Of the differences 0.1, 0.2 and 0.3 the mean is 0.2 and the deviation 0.1.</summary>
    [Test]
    public void Difference_OfPairedFolds_IsHowMuchBetterTheFirstIs()
    {
        var (first, second) = (Candidate("a", 1, 0.5, 0.7, 0.9).Probe, Candidate("b", 1, 0.4, 0.5, 0.6).Probe);
        var (one, other) = (Errors(0.5, 0.7, 0.9), Errors(0.4, 0.5, 0.6));
        var (expected, reverse) = (Interval.OfFolds(0.2, 0.1, first.Folds)!.Value, Interval.OfFolds(-0.2, 0.1, first.Folds)!.Value);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Paired.Difference(first, second)!.Value.Low, Paired.Difference(first, second)!.Value.High), Is.EqualTo((expected.Low, expected.High)).Within(1e-12));
            Assert.That((Paired.Difference(one, other)!.Value.Low, Paired.Difference(one, other)!.Value.High), Is.EqualTo((reverse.Low, reverse.High)).Within(1e-12), "where less is better");
            Assert.That(Paired.Difference(first, other), Is.Null, "no metric that both have");
            Assert.That(Paired.Difference(Errors(0.5), Errors(0.4)), Is.Null, "one fold");
        }
    }

    private static CrossValidationResult Errors(params double[] folds) =>
        CrossValidation.Summarize([.. folds.Select((value, fold) => new FoldResult(0, fold, 40, 10, [new MetricValue("rootMeanSquaredError", value, false)]))]);

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
