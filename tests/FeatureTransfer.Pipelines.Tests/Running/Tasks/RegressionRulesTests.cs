using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Running.Tasks;

public class RegressionRulesTests
{
    /// <summary>Errors 1, -1, 0 and 2; the squares of the labels' distances to their mean, 2.5, add up to 5.</summary>
    [Test]
    public void Judge_Numbers_GivesErrorsAndTheExplainedShare()
    {
        var result = Judge(["1", "2", "3", "4"], 2, 1, 3, 6);
        Assert.Multiple(() =>
        {
            Assert.That(result.Metrics["rSquared"], Is.EqualTo(1 - (6 / 5.0)).Within(1e-9));
            Assert.That(result.Metrics["meanAbsoluteError"], Is.EqualTo(1).Within(1e-9));
            Assert.That(result.Metrics["meanSquaredError"], Is.EqualTo(6 / 4.0).Within(1e-9));
            Assert.That(result.Metrics["rootMeanSquaredError"], Is.EqualTo(Math.Sqrt(1.5)).Within(1e-9));
            Assert.That(result.Regression!.Predictions[3], Is.EqualTo(new NumberPrediction("3", 4, 6)));
        });
    }

    [Test]
    public void Judge_EqualLabels_HaveNoVarianceToExplain()
    {
        var metrics = Judge(["2", "2.0"], 1, 2).Metrics;
        Assert.That((metrics["rSquared"], metrics["meanAbsoluteError"]), Is.EqualTo(((double?)null, 0.5)));
    }

    private static EvaluationResult Judge(string[] labels, params float[] predicted) => new RegressionRules().Judge(
        new ScoredRows([], [.. predicted.Select(number => new RowScore([number]))]), [.. Enumerable.Range(0, labels.Length).Select(row => row.ToString(System.Globalization.CultureInfo.InvariantCulture))], labels);
}
