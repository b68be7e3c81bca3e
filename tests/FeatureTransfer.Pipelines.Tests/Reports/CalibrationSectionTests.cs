using FeatureTransfer.Pipelines.Reports;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Reports;

public class CalibrationSectionTests
{
    /// <summary>Ten answers at 0.9 of which five are right: 0.4 too sure.</summary>
    [Test]
    public void Render_TooSure_SaysByHowMuch()
    {
        var html = CalibrationSection.Render(Test([.. Enumerable.Range(0, 10).Select(i => (0.9, i < 5))]));
        Assert.That(html, Does.Contain("Expected calibration error 0.400 over 15 bins").And.Contain("mean confidence is 90.0 %, and 50.0 % of the answers are right").And.Contain("too sure of itself"));
        Assert.That(html, Does.Contain("10 rows: mean confidence 90.0 %, 50.0 % right"));
    }

    /// <summary>Two bins, each as far off, to either side: they do not cancel out.</summary>
    [Test]
    public void Render_TwoBins_AddsTheirGaps() =>
        Assert.That(CalibrationSection.Render(Test([(0.5, true), (0.5, true), (0.95, true), (0.95, false)])), Does.Contain("Expected calibration error 0.475").And.Contain("about as sure as it may be").Or.Contain("surer than it says"));

    [Test]
    public void Render_ScoresThatAreNoProbabilities_IsEmpty() => Assert.That(CalibrationSection.Render(Test([(0.9, true), (1.7, false)])), Is.Empty);

    [Test]
    public void Render_SeveralLabels_IsEmpty() => Assert.That(CalibrationSection.Render(Test([(0.9, true)]) with { Task = PipelineTask.MultiLabel }), Is.Empty);

    [Test]
    public void Render_Cost_IsForAThousandRowsAndHasAPrice()
    {
        var run = new RunResult { Name = "a", Started = default, Pipeline = "{}", Rows = 200, TestRows = 50, Elapsed = TimeSpan.FromSeconds(36), StageSeconds = new Dictionary<string, double> { ["features"] = 18, ["test"] = 0.05 } };
        Assert.That(CostSection.Render(run), Does.Contain("features</td><td>90</td></tr>").And.Contain("The whole run</td><td>180</td></tr>").And.Not.Contain("Cost</th>"));
        Assert.That(CostSection.Render(run with { PricePerHour = 2 }), Does.Contain("features</td><td>90</td><td>0.05</td>").And.Contain("features on</td><td>1</td><td>0.0006</td>").And.Contain("An hour costs 2."));
    }

    private static EvaluationResult Test(IReadOnlyList<(double Confidence, bool IsRight)> answers) => new()
    {
        Task = PipelineTask.Multiclass,
        Metrics = [],
        Predictions = [.. answers.Select(answer => new PredictionRow("a", "x", answer.IsRight ? "x" : "y", answer.Confidence))],
    };
}
