using FeatureTransfer.Heads;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Results;

public class LimitsReportTests
{
    private static readonly string[] _labels = ["a", "b", "c"];
    private static readonly AnswerLimits _limits = new(new SetLimit(0.5, 0.75, 9), new UnknownLimit("Novelty", 0.2, 5, 9));

    [Test]
    public void SetOf_Probabilities_HasThoseAboveTheLimitLikeliestFirst()
    {
        Assert.That(_limits.SetOf(_labels, [0.25f, 0.5f, 0.125f]), Is.EqualTo(new[] { "b", "a" }));
        Assert.That(new AnswerLimits(null, null).SetOf(_labels, [1, 0, 0]), Is.Null);
    }

    [TestCase(5f, ExpectedResult = false)]
    [TestCase(5.5f, ExpectedResult = true)]
    [TestCase(null, ExpectedResult = null)]
    public bool? IsUnknown_Novelty_IsAboveTheLimit(float? novelty) => _limits.IsUnknown(novelty);

    [Test]
    public void IsUnknown_NoLimit_IsNotSaid()
    {
        Assert.That(new AnswerLimits(null, null).IsUnknown(9), Is.Null);
        Assert.That(new AnswerLimits(null, new UnknownLimit("Novelty", 0.01, null, 9)).IsUnknown(9), Is.False, "too few rows for a limit: none is unknown");
    }

    /// <summary>The labels lack 0.5, 0.25 and 0.125 of certainty; the second least of three covers half of the rows to come.</summary>
    [Test]
    public void Of_Rows_TakesTheQuantileOfWhatTheirLabelsLack()
    {
        var limit = SetLimit.Of(new ConformalOptions { Coverage = 0.5 }, [Row("a", 0.5f, 0.5f), Row("b", 0.25f, 0.75f), Row("a", 0.875f, 0.125f)]);
        Assert.That((limit.Coverage, limit.Threshold, limit.Rows, limit.Method), Is.EqualTo((0.5, 0.25, 3, ConformalMethod.LeastAmbiguous)));
        Assert.That((limit.Sets.Coverage, limit.Sets.Threshold, limit.Sets.Method), Is.EqualTo((0.5, 0.25, ConformalMethod.LeastAmbiguous)));
    }

    [Test]
    public void Of_LabelThatAFoldDidNotKnow_LiesBeyondAllOthers() =>
        Assert.That(SetLimit.Of(new ConformalOptions { Coverage = 0.5 }, [Row("new", 0.5f, 0.5f), Row("new", 1, 0), Row("a", 1, 0)]).Threshold, Is.EqualTo(1));

    [Test]
    public void Of_TooFewRows_TakesAllLabels() =>
        Assert.That(SetLimit.Of(new ConformalOptions { Coverage = 0.9 }, [Row("a", 0.5f, 0.5f)]).Threshold, Is.EqualTo(1));

    [Test]
    public void Of_AdaptiveSets_KeepTheirMethod()
    {
        var limit = SetLimit.Of(new ConformalOptions { Coverage = 0.5, Method = ConformalMethod.Adaptive }, [Row("b", 0.75f, 0.25f)]);
        Assert.That(limit.Method, Is.EqualTo(ConformalMethod.Adaptive));
        Assert.That(limit.Threshold, Is.EqualTo(ConformalSets.Scores([0.75f, 0.25f], ConformalMethod.Adaptive, limit.Sets.Seed)[1]).And.InRange(0.75, 1));
    }

    /// <summary>Sets of 1, 2, 0 and 1 labels, of which the first two hold theirs; one row is unknown, and of the others the first and the last are right.</summary>
    [Test]
    public void Of_FourRows_CountsThem()
    {
        var report = LimitsReport.Of(
            _limits,
            [Answer(false, "a"), Answer(true, "a", "b"), Answer(false), Answer(null, "a")],
            [Judged("a", "a"), Judged("b", "b"), Judged("c", "a"), Judged("b", "b")]);
        Assert.Multiple(() =>
        {
            Assert.That(report.Sets, Is.EqualTo(new SetReport(_limits.Sets!, 0.5, Interval.OfShare(0.5, 4), 1, 0.5, 0.25)));
            Assert.That(report.Unknown, Is.EqualTo(new UnknownReport(_limits.Unknown!, 0.25, Interval.OfShare(0.25, 4), 2 / 3.0)));
        });
    }

    [Test]
    public void Of_NoRowThatIsKnown_HasNoAccuracy() =>
        Assert.That(LimitsReport.Of(_limits with { Sets = null }, [Answer(true)], [Judged("a", "a")]), Is.EqualTo(new LimitsReport(null, new UnknownReport(_limits.Unknown!, 1, Interval.OfShare(1, 1), null))));

    [Test]
    public void Of_NoLimits_ReportsNeither() =>
        Assert.That(LimitsReport.Of(new AnswerLimits(null, null), [Answer(null)], [Judged("a", "a")]), Is.EqualTo(new LimitsReport(null, null)));

    private static (IReadOnlyList<string> Labels, float[] Probabilities, string Label) Row(string label, params float[] probabilities) => (["a", "b"], probabilities, label);

    private static Prediction Answer(bool? unknown, params string[] set) => new() { Input = "x", Set = set, Unknown = unknown };

    private static PredictionRow Judged(string label, string predicted) => new("x", label, predicted, 1);
}
