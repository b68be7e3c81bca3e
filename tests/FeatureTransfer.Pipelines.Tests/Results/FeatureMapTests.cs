using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Results;

public class FeatureMapTests
{
    [Test]
    public void Of_RowsOnALine_ReachFromSideToSideInTheMiddle()
    {
        var map = FeatureMap.Of([(4, [0, 0]), (7, [1, 0]), (9, [4, 0])])!;
        var right = map.Points[0].X > map.Points[2].X;
        Assert.Multiple(() =>
        {
            Assert.That(map.Share, Is.EqualTo(1).Within(1e-6));
            Assert.That(map.Points.Select(point => point.Row), Is.EqualTo(new[] { 4, 7, 9 }));
            Assert.That(map.Points.Select(point => right ? 1 - point.X : point.X), Is.EqualTo(new[] { 0, 0.25f, 1 }).Within(1e-6));
            Assert.That(map.Points.Select(point => point.Y), Is.All.EqualTo(0.5f), "one place upwards lies in the middle");
        });
    }

    [Test]
    public void Of_RowsAllAlike_IsNull() => Assert.That(FeatureMap.Of([(0, [1, 2]), (1, [1, 2]), (2, [1, 2])]), Is.Null);
}
