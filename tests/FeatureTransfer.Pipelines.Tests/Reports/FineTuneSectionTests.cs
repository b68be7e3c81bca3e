using System.Text.RegularExpressions;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Pipelines.Reports;

namespace FeatureTransfer.Pipelines.Tests.Reports;

public class FineTuneSectionTests
{
    private static readonly FineTuneSummary _summary = new()
    {
        History =
        [
            new("head", 1, 0.005, 1.2, 1.1, 0.5, 3, 10, 0.1, 900), new("head", 2, 0.002, 0.9, 0.95, 0.625, 2, 10, 0.1, 900),
            new("tuning", 1, 0.0001, 0.8, 0.85, 0.75, 1, 500, 2, 100), new("tuning", 2, 0.00001, 0.7, 0.9, 0.6875, 1, 500, 4, 50),
        ],
        Metric = "Accuracy",
        HigherIsBetter = true,
        FrozenMetric = 0.625,
        TunedMetric = 0.75,
        KeptTuned = true,
        LearningRate = 0.0001,
        TrainRows = 64,
        ValidationRows = 16,
        TunedWeights = 12_345,
        Verdict = "The tuned network is <kept>.",
    };

    [Test]
    public void Render_Tuned_SaysWhatWasKeptAndByHowMuch()
    {
        var html = FineTuneSection.Render(_summary);
        Assert.Multiple(() =>
        {
            Assert.That(html, Does.Contain("The tuned network is &lt;kept&gt;."));
            Assert.That(html, Does.Contain("Frozen backbone, head trained</span><b>0.625</b><span class=\"soft\">Accuracy</span>"));
            Assert.That(html, Does.Contain("Tuned</span><b>0.75</b><span class=\"soft\">Accuracy, kept</span>"));
            Assert.That(html, Does.Contain("<b>0.125 better</b>").And.Contain("Accuracy on 16 rows"));
            Assert.That(html, Does.Contain("12,345 weights").And.Contain("an epoch took 3.0 s, 75 images/s"));
        });
    }

    [Test]
    public void Render_Curves_ShowLossMetricAndRateOfBothPhases()
    {
        var html = FineTuneSection.Render(_summary);
        var lines = Regex.Matches(html, "<polyline points=\"([^\"]*)\"").Select(match => match.Groups[1].Value.Split(' ')).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Count.EqualTo(4), "two losses, the metric, the learning rate");
            Assert.That(lines, Has.All.Length.EqualTo(4), "both phases");
            Assert.That(Regex.Count(html, ">head</text>"), Is.EqualTo(3));
            Assert.That(html, Does.Contain("best of tuning: 0.75 in epoch 1").And.Contain("best of head: 0.625 in epoch 2"));
            Assert.That(html, Does.Not.Contain("finder"));
        });
    }

    [Test]
    public void Render_FinderLooked_ShowsItsCurve() => Assert.That(
        FineTuneSection.Render(_summary with { LearningRateCurve = [new(1e-6, 1), new(1e-4, 0.5), new(1e-2, 4)] }),
        Does.Contain("Learning-rate finder"));

    [Test]
    public void Render_WithoutValidation_LeavesOutWhatIsNotKnown()
    {
        var html = FineTuneSection.Render(_summary with { FrozenMetric = null, TunedMetric = null, History = [new("tuning", 1, 0.001, 0.5, null, null, 1, 10, 1, 10)] });
        Assert.That(html, Does.Not.Contain("better").And.Not.Contain("on the validation rows"));
        Assert.That(Regex.Count(html, "<svg"), Is.EqualTo(2), "the loss and the learning rate");
    }

    [Test]
    public void Render_WorseOrEqual_SaysSo()
    {
        Assert.That(FineTuneSection.Render(_summary with { TunedMetric = 0.5, KeptTuned = false }), Does.Contain("<b>0.125 worse</b>").And.Contain("Accuracy, kept"));
        Assert.That(FineTuneSection.Render(_summary with { TunedMetric = 0.625 }), Does.Contain("<b>as good</b>"));
    }

    [Test]
    public void Render_NoTuning_IsNothing() => Assert.That(FineTuneSection.Render(null), Is.Empty);
}
