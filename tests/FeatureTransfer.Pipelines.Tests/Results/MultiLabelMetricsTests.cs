using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Results;

public class MultiLabelMetricsTests
{
    private static readonly string[] _labels = ["cat", "dog", "bird"];
    private static readonly float[][] _scores = [[0.9f, 0.2f, 0.1f], [0.8f, 0.6f, 0.2f], [0.3f, 0.7f, 0.1f], [0.6f, 0.1f, 0.5f]];
    private static readonly bool[][] _truths = [[true, false, false], [true, true, false], [true, false, false], [false, true, false]];

    // cat: found 2, given 3, there 3; dog: found 1, given 2, there 2; bird: given 1, there 0.
    [Test]
    public void Evaluate_FewRows_IsAsOnPaper()
    {
        var (metrics, _) = MultiLabelMetrics.Evaluate(_labels, _scores, _truths, 0.5);
        Assert.That(metrics.Select(metric => metric.Name), Is.EqualTo(new[] { "microF1", "macroF1", "subsetAccuracy", "hammingLoss", "meanAveragePrecision" }));
        Assert.That(metrics.Where(metric => !metric.HigherIsBetter).Select(metric => metric.Name), Is.EqualTo(new[] { "hammingLoss" }));
        double cat = (1 + 1 + (3 / 4.0)) / 3, dog = ((1 / 2.0) + (2 / 4.0)) / 2;
        Assert.That(
            metrics.Select(metric => metric.Value),
            Is.EqualTo(new[] { 6 / 11.0, ((2 / 3.0) + 0.5 + 0) / 3, 0.5, 5 / 12.0, (cat + dog) / 2 }).Within(1e-12));
    }

    [Test]
    public void Evaluate_FewRows_TellsOfEachLabel()
    {
        var detail = MultiLabelMetrics.Evaluate(_labels, _scores, _truths, 0.5).Detail;
        Assert.That(detail.Labels.Select(label => (label.Label, label.Count)), Is.EqualTo(new[] { ("cat", 3), ("dog", 2), ("bird", 0) }));
        Assert.That(
            detail.Labels.SelectMany(label => new[] { label.Precision, label.Recall, label.F1, label.AveragePrecision }),
            Is.EqualTo(new[] { 2 / 3.0, 2 / 3.0, 2 / 3.0, 11 / 12.0, 0.5, 0.5, 0.5, 0.5, 0, 0, 0, 0 }).Within(1e-12));
    }

    [Test]
    public void Evaluate_AllRight_IsPerfect()
    {
        var metrics = MultiLabelMetrics.Evaluate(_labels, Array.ConvertAll(_truths, row => Array.ConvertAll(row, has => has ? 1f : 0f)), _truths, 0.5).Metrics;
        Assert.That(metrics.Select(metric => metric.Value), Is.EqualTo(new[] { 1.0, 1, 1, 0, 1 }), "a label that is nowhere counts for nothing");
    }

    [Test]
    public void Evaluate_NothingGiven_IsZeroAndNeverNotANumber()
    {
        var (metrics, detail) = MultiLabelMetrics.Evaluate(["a"], [[0.1f]], [[false]], 0.5);
        Assert.That(metrics.Select(metric => metric.Value), Is.EqualTo(new[] { 0.0, 0, 1, 0, 0 }));
        Assert.That(detail.Labels, Is.EqualTo(new[] { new LabelResult("a", 0, 0, 0, 0, 0) }));
    }

    [Test]
    public void Evaluate_WrongShapes_NameTheRow()
    {
        Assert.That(() => MultiLabelMetrics.Evaluate(["a", "b"], [[1, 2], [1]], [[true, true], [true, false]], 0.5), Throws.ArgumentException.With.Message.Contains("Row 1"));
        Assert.That(() => MultiLabelMetrics.Evaluate(["a"], [], [], 0.5), Throws.ArgumentException.With.Message.Contains("at least one"));
    }
}
