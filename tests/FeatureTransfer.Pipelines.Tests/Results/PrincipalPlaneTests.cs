using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Results;

public class PrincipalPlaneTests
{
    /// <summary>Two directions of 100 that are not axes carry all variance, one three times as far as the other.</summary>
    [Test]
    public void Of_RowsInAPlane_FindsItAndTurnsItsLongAxisAcross()
    {
        var random = new Random(3);
        var (along, beside) = (Direction(0), Direction(50));
        var places = Enumerable.Range(0, 60).Select(_ => (X: (3 * random.NextSingle()) - 1.5f, Y: random.NextSingle() - 0.5f)).ToList();
        var plane = PrincipalPlane.Of([.. places.Select(place => along.Zip(beside, (x, y) => 7 + (x * place.X) + (y * place.Y)).ToArray())])!.Value;
        Assert.That(plane.Share, Is.EqualTo(1).Within(1e-4));
        Assert.That(Math.Abs(Correlation(plane.Across, [.. places.Select(place => place.X)])), Is.GreaterThan(0.98));
        Assert.That(Math.Abs(Correlation(plane.Up, [.. places.Select(place => place.Y)])), Is.GreaterThan(0.98));
        Assert.That(Math.Abs(Correlation(plane.Across, plane.Up)), Is.LessThan(1e-3));
    }

    [Test]
    public void Of_RowsOnALine_KeepsAllOnOneAxis()
    {
        var plane = PrincipalPlane.Of([[0, 0, 1], [1, 2, 1], [2, 4, 1], [3, 6, 1]])!.Value;
        Assert.That(plane.Share, Is.EqualTo(1).Within(1e-5));
        Assert.That(plane.Up, Has.All.EqualTo(0).Within(1e-3));
        Assert.That(Math.Abs(plane.Across[3] - plane.Across[0]), Is.EqualTo(Math.Sqrt(45)).Within(1e-4));
    }

    [Test]
    public void Of_NothingToSee_IsNull()
    {
        Assert.That(PrincipalPlane.Of([[1, 2], [3, 4]]), Is.Null, "two rows");
        Assert.That(PrincipalPlane.Of([[1, 2], [1, 2], [1, 2]]), Is.Null, "all alike");
        Assert.That(PrincipalPlane.Of([[1, 2], [1, float.NaN], [1, 2]]), Is.Null, "not finite");
    }

    [Test]
    public void Of_Twice_IsTheSame()
    {
        var random = new Random(5);
        float[][] rows = [.. Enumerable.Range(0, 30).Select(_ => Enumerable.Range(0, 9).Select(_ => random.NextSingle()).ToArray())];
        var (first, second) = (PrincipalPlane.Of(rows)!.Value.Across, PrincipalPlane.Of(rows)!.Value.Across);
        Assert.That(second, Is.EqualTo(first));
    }

    [TestCase(1, ExpectedResult = 1)]
    [TestCase(2000, ExpectedResult = 1)]
    [TestCase(2001, ExpectedResult = 2)]
    [TestCase(100_000, ExpectedResult = 50)]
    public int Every_Rows_LeavesTwoThousand(int rows) => FeatureMap.Every(rows);

    private static float[] Direction(int from) => [.. Enumerable.Range(0, 100).Select(i => i >= from && i < from + 50 ? MathF.Sqrt(0.02f) : 0)];

    private static double Correlation(float[] first, float[] second)
    {
        var (one, other) = (first.Average(), second.Average());
        return first.Zip(second, (x, y) => (x - one) * (y - other)).Sum() / Math.Sqrt(first.Sum(x => (x - one) * (x - one)) * second.Sum(y => (y - other) * (y - other)));
    }
}
