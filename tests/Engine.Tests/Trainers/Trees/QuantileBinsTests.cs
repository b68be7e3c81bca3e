using Microsoft.ML.Trainers.FastTree;

namespace Engine.Tests.Trainers.Trees;

[TestFixture]
public class QuantileBinsTests
{
    [Test]
    public void Find_FewValues_PutsABoundBetweenAnyTwo()
    {
        var bounds = QuantileBins.Find([3, 1, 2, 1, 3], 255);

        Assert.That(bounds, Is.EqualTo(new[] { 1.5f, 2.5f }));
    }

    [Test]
    public void Find_ManyValues_MakesIntervalsOfEqualSize()
    {
        var bounds = QuantileBins.Find([.. Enumerable.Range(0, 1000).Select(i => (float)i)], 10);

        Assert.That(bounds, Is.EqualTo(Enumerable.Range(1, 9).Select(i => (i * 100) - 0.5f)));
    }

    [Test]
    public void Find_OneValueIsMostOfTheRows_GivesItOneInterval()
    {
        var bounds = QuantileBins.Find([.. Enumerable.Repeat(5f, 900), .. Enumerable.Range(0, 100).Select(i => i / 10f)], 10);

        Assert.That(bounds, Has.Length.LessThan(10));
        Assert.That(bounds, Is.Ordered.And.Unique);
        Assert.That(QuantileBins.Of(bounds, 5f), Is.Not.EqualTo(QuantileBins.Of(bounds, 9.9f)));
    }

    [Test]
    public void Find_NeighbouringFloats_KeepsThemApart()
    {
        float low = 1;
        float high = MathF.BitIncrement(low);

        var bounds = QuantileBins.Find([low, high], 2);

        Assert.That(QuantileBins.Of(bounds, low), Is.Zero);
        Assert.That(QuantileBins.Of(bounds, high), Is.EqualTo(1));
    }

    [Test]
    public void Find_OneValue_HasNoBound() => Assert.That(QuantileBins.Find([7, 7, 7], 255), Is.Empty);
}
