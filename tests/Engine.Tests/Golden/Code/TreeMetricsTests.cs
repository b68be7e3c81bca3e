using System.Text.Json;
using Microsoft.ML;

namespace Engine.Tests.Golden.Code;

/// <summary>
/// Cases of trees whose scores cannot agree to the last digit: their metrics do. The README of the golden files allows 0.03
/// across implementations; forests of ten trees draw few numbers and may be further apart.
/// </summary>
[TestFixture]
public class TreeMetricsTests
{
    [TestCase("trainers-binary", "fast-tree-default", 0.03)]
    [TestCase("trainers-binary", "fast-forest-default", 0.03)]
    [TestCase("trainers-binary", "fast-forest-options", 0.06)]
    [TestCase("trainers-regression", "fast-tree-default", 0.03)]
    [TestCase("trainers-regression", "fast-tree-options", 0.03)]
    [TestCase("trainers-regression", "fast-forest-default", 0.03)]
    [TestCase("trainers-regression", "fast-forest-options", 0.06)]
    public void Metrics_OfTheGoldenFiles_AreNear(string group, string id, double tolerance)
    {
        var json = GoldenFiles.Case(group, id);
        var ml = new MLContext(1);
        var trainer = (IEstimator<ITransformer>)Calls.Invoke(json.GetProperty("pipeline")[0], "call", ml)!;
        var data = DataSpec.Load(json.GetProperty("data"), ml);
        var model = trainer.Fit(data);

        Assert.Multiple(() =>
        {
            Compare(json, "metrics", model.Transform(data), ml, tolerance);
            Compare(json, "holdoutMetrics", model.Transform(DataSpec.Load(json.GetProperty("holdout"), ml)), ml, tolerance);
        });
    }

    // Of the metrics those whose scale does not depend on the data.
    private static void Compare(JsonElement json, string key, IDataView scored, MLContext ml, double tolerance)
    {
        var actual = Dump.Members(Calls.Invoke(json.GetProperty("evaluate"), "call", ml, scored)!);
        foreach (string name in new[] { "Accuracy", "AreaUnderRocCurve", "AreaUnderPrecisionRecallCurve", "RSquared" })
            if (json.GetProperty(key).TryGetProperty(name, out var expected))
                Assert.That((double)actual[name]!, Is.EqualTo(expected.GetDouble()).Within(tolerance), $"{key}.{name}");
    }
}
