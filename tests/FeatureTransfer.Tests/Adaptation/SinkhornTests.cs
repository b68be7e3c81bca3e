using FeatureTransfer.Adaptation;

namespace FeatureTransfer.Tests.Adaptation;

public class SinkhornTests
{
    /// <summary>The assignment of least cost is 0 to 1, 1 to 2, 2 to 0 (of the six, by hand): 1 + 1 + 1, and the next best costs 6.</summary>
    private static readonly double[][] _cost = [[4, 1, 5], [3, 6, 1], [1, 5, 4]];

    [Test]
    public void Plan_LittleEntropy_IsTheCheapestAssignment()
    {
        var plan = Sinkhorn.Plan(_cost, 0.01, default);
        int[] found = [.. plan.Select(row => Array.IndexOf(row, row.Max()))];
        Assert.That(found, Is.EqualTo(new[] { 1, 2, 0 }));
        Assert.That(plan[0][1], Is.EqualTo(1.0 / 3).Within(1e-6));
    }

    [Test]
    public void Plan_AnyCost_HasEqualMarginals([Values(0.05, 1, 100)] double entropy)
    {
        var random = new Random(3);
        var plan = Sinkhorn.Plan([.. Enumerable.Range(0, 7).Select(_ => Enumerable.Range(0, 5).Select(_ => random.NextDouble()).ToArray())], entropy, default);
        Assert.Multiple(() =>
        {
            Assert.That(plan.Select(row => row.Sum()), Is.All.EqualTo(1.0 / 7).Within(1e-5));
            Assert.That(Enumerable.Range(0, 5).Select(column => plan.Sum(row => row[column])), Is.All.EqualTo(1.0 / 5).Within(1e-5));
        });
    }

    /// <summary>With two rows and columns the plan is [[p, 1/2 - p], [1/2 - p, p]], and p / (1/2 - p) is exp of half the saving over the entropy.</summary>
    [Test]
    public void Plan_TwoByTwo_IsTheClosedForm()
    {
        var plan = Sinkhorn.Plan([[0, 2], [1, 0]], 1.5, default);
        var odds = Math.Exp((2 + 1) / (2 * 1.5));
        Assert.That(plan[0][0], Is.EqualTo(0.5 * odds / (1 + odds)).Within(1e-6));
    }
}
