using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Results;

public sealed class SliceReportTests
{
    // Group a: 8 of 10 yes are found, 1 of 10 no is called yes. Group b: 5 of 10 and 3 of 10.
    private static readonly (string Group, string Label, string Predicted, int Rows)[] _counts =
    [
        ("a", "yes", "yes", 8), ("a", "yes", "no", 2), ("a", "no", "no", 9), ("a", "no", "yes", 1),
        ("b", "yes", "yes", 5), ("b", "yes", "no", 5), ("b", "no", "no", 7), ("b", "no", "yes", 3),
    ];

    private static SliceReport Report(IEnumerable<(string Group, string Label, string Predicted, int Rows)> counts, params string[] labels)
    {
        var rows = counts.SelectMany(count => Enumerable.Repeat((count.Group, Row: new PredictionRow("x", count.Label, count.Predicted, 1)), count.Rows)).ToList();
        return SliceReport.Of("camera", [.. rows.Select(row => row.Row)], [.. rows.Select(row => row.Group)], labels);
    }

    [Test]
    public void Of_TwoGroups_DifferencesAreThoseOfTheCounts()
    {
        var report = Report(_counts, "yes");
        Assert.Multiple(() =>
        {
            Assert.That(report.Groups.Select(group => (group.Name, group.Rows, group.Accuracy)), Is.EqualTo([("b", 20, 0.6), ("a", 20, 0.85)]));
            Assert.That(report.Worst, Is.EqualTo("b"));
            Assert.That(report.Accuracy!.Difference, Is.EqualTo(0.25).Within(1e-12));
            Assert.That((report.TruePositiveRate!.High, report.TruePositiveRate.Low), Is.EqualTo(("a", "b")));
            Assert.That(report.TruePositiveRate.Difference, Is.EqualTo(0.3).Within(1e-12));
            Assert.That(report.FalsePositiveRate!.Difference, Is.EqualTo(0.2).Within(1e-12));
            Assert.That((report.FalsePositiveRate.High, report.FalsePositiveRate.Low), Is.EqualTo(("b", "a")));
            Assert.That(report.SelectionRate!.Difference, Is.EqualTo(0.05).Within(1e-12));
            Assert.That(report.EqualisedOdds, Is.EqualTo(0.3).Within(1e-12));
        });
    }

    // Newcombe's own example: 56 of 70 against 48 of 80, by method 10 from 0.0524 to 0.3339.
    [Test]
    public void Of_ExampleOfThePaper_HasItsInterval()
    {
        var report = Report([("one", "yes", "yes", 56), ("one", "yes", "no", 14), ("two", "yes", "yes", 48), ("two", "yes", "no", 32)], "yes");
        Assert.Multiple(() =>
        {
            Assert.That(report.TruePositiveRate!.Interval.Low, Is.EqualTo(0.0524).Within(5e-5));
            Assert.That(report.TruePositiveRate.Interval.High, Is.EqualTo(0.3339).Within(5e-5));
        });
    }

    [Test]
    public void Of_SeveralLabels_NamesTheOneThatDiffersMost()
    {
        var report = Report([("a", "cat", "cat", 10), ("a", "dog", "dog", 10), ("b", "cat", "cat", 9), ("b", "cat", "dog", 1), ("b", "dog", "dog", 6), ("b", "dog", "cat", 4)], "cat", "dog");
        Assert.That((report.TruePositiveRate!.Label, report.TruePositiveRate.Difference), Is.EqualTo(("dog", 0.4)));
    }

    [Test]
    public void Of_SmallGroup_IsListedLastAndNotCompared()
    {
        var report = Report([.. _counts, ("c", "yes", "no", 3)], "yes");
        Assert.Multiple(() =>
        {
            Assert.That(report.Groups[^1], Is.EqualTo(new SliceGroup("c", 3, 0, Interval.OfShare(0, 3))));
            Assert.That(report.Worst, Is.EqualTo("b"));
        });
    }

    [Test]
    public void Of_OneGroup_HasNoDifferences()
    {
        var report = Report(_counts.Where(count => count.Group == "a"), "yes");
        Assert.That((report.Accuracy, report.TruePositiveRate, report.EqualisedOdds), Is.EqualTo(((RateGap?)null, (RateGap?)null, (double?)null)));
    }

    [Test]
    public void Of_FewerValuesThanRows_IsRefused() =>
        Assert.That(() => SliceReport.Of("camera", [new PredictionRow("x", "a", "a", 1)], [], ["a"]), Throws.ArgumentException.With.Message.Contains("'camera'"));
}
