using FeatureTransfer.Splits;

namespace FeatureTransfer.Tests;

/// <summary>Where groups are put, and which of them move to even the parts.</summary>
public class PartFillingTests
{
    [Test]
    public void Place_RowsOneByOne_GoWhereTheShareIsMostOpen()
    {
        var filling = new PartFilling([0.8, 0.2], [10]);
        Assert.That(Enumerable.Range(0, 10).Select(_ => filling.Place(Group((0, 1)))), Is.EqualTo(new[] { 0, 0, 1, 0, 0, 0, 0, 1, 0, 0 }));
    }

    /// <summary>The second part has fewer rows of the common label, the first has fewer of the rare one, by a larger share.</summary>
    [Test]
    public void Place_GroupOfTwoLabels_WeighsEachByItsShare()
    {
        var filling = new PartFilling([1, 1], [100, 10]);
        Assert.That(filling.Place(Group((0, 10))), Is.Zero);
        Assert.That(filling.Place(Group((0, 1), (1, 3))), Is.EqualTo(1));
        Assert.That(filling.Place(Group((0, 3), (1, 1))), Is.Zero);
    }

    [Test]
    public void Even_SevenRowsTooMany_MovesNoMoreThanHalfOfThem()
    {
        var filling = new PartFilling([1, 1], [.. Enumerable.Repeat(3, 7)]);
        var placed = Placed(filling, [.. Enumerable.Range(0, 21).Select(row => Group((row / 3, 1)))]);
        var before = placed.Select(group => group.Part).ToList();
        filling.Even(placed);
        Assert.That(placed.Where((group, i) => group.Part != before[i]).Count(), Is.EqualTo(3));
    }

    [Test]
    public void Even_GroupWithOneLabelThatMustStay_IsNotMoved()
    {
        var filling = new PartFilling([1, 1], [3, 2, .. Enumerable.Repeat(1, 6)]);
        var placed = Placed(filling, [Group((0, 1), (1, 1)), Group((0, 1)), Group((0, 1)), Group((1, 1)), .. Enumerable.Range(2, 6).Select(label => Group((label, 1)))]);
        Assert.That(placed.Select(group => group.Part), Is.EqualTo(new[] { 0, 1, 0, 1, 0, 0, 0, 0, 0, 0 }));
        filling.Even(placed);
        Assert.That(placed.Select(group => group.Part), Is.EqualTo(new[] { 0, 1, 1, 1, 1, 1, 0, 0, 0, 0 }));
    }

    private static List<PlacedGroup> Placed(PartFilling filling, IReadOnlyList<WholeGroup> groups) =>
        [.. groups.Select(group => new PlacedGroup(group, filling.Place(group)))];

    private static WholeGroup Group(params (int Label, int Rows)[] counts) => new([.. Enumerable.Range(0, counts.Sum(count => count.Rows))], counts);
}
