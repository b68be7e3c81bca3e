using System.Text.Json;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Results;

public class MetricSetTests
{
    private static readonly MetricSet _metrics = [new("accuracy", 0.75, true), new("logLoss", 1.5, false)];

    [Test]
    public void Members_OfTwoMetrics_AreFoundByNameAndPlace()
    {
        Assert.Multiple(() =>
        {
            Assert.That((_metrics.Count, _metrics.Headline, _metrics[1].Name), Is.EqualTo((2, new MetricValue("accuracy", 0.75, true), "logLoss")));
            Assert.That((_metrics["logLoss"], _metrics["f1Score"]), Is.EqualTo(((double?)1.5, (double?)null)));
            Assert.That(_metrics.ToString(), Is.EqualTo("accuracy 0.75, logLoss 1.5"));
            Assert.That(MetricSet.Create([]).Headline, Is.Null);
        });
    }

    [Test]
    public void Equals_SameMetricsInOneOrder_AreEqual()
    {
        MetricSet same = [.. _metrics], turned = [_metrics[1], _metrics[0]], shorter = [_metrics[0]];
        Assert.Multiple(() =>
        {
            Assert.That(same.GetHashCode(), Is.EqualTo(_metrics.GetHashCode()).And.Not.EqualTo(turned.GetHashCode()));
            Assert.That(new[] { same.Equals(_metrics), same.Equals((object)_metrics) }, Is.All.True);
            Assert.That(new[] { _metrics.Equals(turned), _metrics.Equals(shorter), _metrics.Equals((object)"accuracy 0.75, logLoss 1.5"), _metrics.Equals(null) }, Is.All.False);
        });
    }

    [Test]
    public void Json_WrittenAndRead_IsTheSame()
    {
        var json = JsonSerializer.Serialize(_metrics);
        Assert.That(json, Is.EqualTo("""{"accuracy":0.75,"logLoss":1.5}"""));
        Assert.That(JsonSerializer.Deserialize<MetricSet>(json), Is.EqualTo(_metrics));
    }

    [Test]
    public void Json_NotANumber_IsNullAndNotReadAgain()
    {
        var json = JsonSerializer.Serialize<MetricSet>([new("answeredAccuracy", double.NaN, true), _metrics[0]]);
        Assert.That(json, Is.EqualTo("""{"answeredAccuracy":null,"accuracy":0.75}"""));
        Assert.That(JsonSerializer.Deserialize<MetricSet>(json), Is.EqualTo(new[] { _metrics[0] }));
    }

    [TestCase("logLoss", ExpectedResult = false)]
    [TestCase("hammingLoss", ExpectedResult = false)]
    [TestCase("meanAbsoluteError", ExpectedResult = false)]
    [TestCase("meanSquaredError", ExpectedResult = false)]
    [TestCase("rootMeanSquaredError", ExpectedResult = false)]
    [TestCase("rSquared", ExpectedResult = true)]
    public bool Metric_Name_SaysWhichWayIsBetter(string name) => MetricSetConverter.Metric(name, 1).HigherIsBetter;

    [Test]
    public void Json_NoObject_SaysWhatIsExpected() =>
        Assert.That(() => JsonSerializer.Deserialize<MetricSet>("[1]"), Throws.TypeOf<JsonException>().With.Message.Contains("an object of numbers"));

    [TestCase("accuracy", ExpectedResult = true)]
    [TestCase("microAccuracy", ExpectedResult = true)]
    [TestCase("subsetAccuracy", ExpectedResult = true)]
    [TestCase("macroAccuracy", ExpectedResult = false)]
    public bool IsShareOfRows_Accuracies_AreShares(string name) => new MetricValue(name, 0.5, true).IsShareOfRows;
}
