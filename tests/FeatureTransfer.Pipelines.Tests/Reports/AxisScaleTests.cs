using FeatureTransfer.Pipelines.Reports;

namespace FeatureTransfer.Pipelines.Tests.Reports;

public class AxisScaleTests
{
    [Test]
    public void Over_Numbers_LeavesALittleSpaceAtBothEnds()
    {
        var axis = AxisScale.Over([3, double.NaN, 1, double.PositiveInfinity, 2], false)!.Value;
        Assert.That((axis.Least, axis.Most), Is.EqualTo((0.92, 3.08)).Within(1e-12));
        Assert.That(axis.Place(2), Is.EqualTo(0.5).Within(1e-12));
    }

    [Test]
    public void Over_Logarithmic_LeavesOutWhatHasNoLogarithm()
    {
        var axis = AxisScale.Over([0, -1, 1e-4, 1e-2], true)!.Value;
        Assert.That(axis.Place(1e-3), Is.EqualTo(0.5).Within(1e-12));
        Assert.That(AxisScale.Over([0, -1], true), Is.Null);
    }

    [Test]
    public void Over_OneNumber_HasAWidth([Values] bool logarithmic)
    {
        var axis = AxisScale.Over([0.005], logarithmic)!.Value;
        Assert.That(axis.Place(0.005), Is.EqualTo(0.5).Within(0.01));
        Assert.That(axis.Ticks(4), Is.Not.Null);
    }

    [TestCase(0.0, 1.0, 4, new[] { 0, 0.5, 1 })]
    [TestCase(0.61, 0.79, 4, new[] { 0.65, 0.7, 0.75 })]
    [TestCase(1.0, 34.0, 6, new[] { 10.0, 20, 30 })]
    public void Ticks_Linear_AreRound(double least, double most, int about, double[] expected) =>
        Assert.That(new AxisScale(least, most, false).Ticks(about), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void Ticks_LeastStep_GivesWholeNumbers() => Assert.That(new AxisScale(0.9, 3.1, false).Ticks(6, 1), Is.EqualTo(new[] { 1.0, 2, 3 }));

    [TestCase(1e-6, 0.5, 4, new[] { 1e-6, 1e-4, 1e-2 })]
    [TestCase(0.002, 0.006, 4, new[] { 0.002, 0.005 })]
    public void Ticks_Logarithmic_ArePowersOrWhatLiesBetween(double least, double most, int about, double[] expected) =>
        Assert.That(new AxisScale(least, most, true).Ticks(about), Is.EqualTo(expected).Within(1e-9));

    [TestCase(0.0001, ExpectedResult = "1e-4")]
    [TestCase(0.25, ExpectedResult = "0.25")]
    [TestCase(0.0, ExpectedResult = "0")]
    [TestCase(250_000, ExpectedResult = "250000")]
    [TestCase(2_550_000, ExpectedResult = "2.55e+6")]
    public string Text_Number_IsShort(double number) => AxisScale.Text(number);
}
