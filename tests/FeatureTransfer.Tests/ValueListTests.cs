namespace FeatureTransfer.Tests;

public class ValueListTests
{
    [Test]
    public void Equals_SameItems_IsTrue()
    {
        ValueList<string> one = ["a", "b"];
        var other = new List<string> { "a", "b" }.ToValueList();
        Assert.That(other, Is.EqualTo(one));
        Assert.That(other.GetHashCode(), Is.EqualTo(one.GetHashCode()));
        Assert.That(other.Equals((object)one), Is.True);
        Assert.That((one.Count, one[1], one.ToString()), Is.EqualTo((2, "b", "[a, b]")));
    }

    [Test]
    public void Equals_OtherItemsOrOrder_IsFalse()
    {
        ValueList<int> one = [1, 2];
        Assert.That(one.Equals([2, 1]), Is.False);
        Assert.That(one.Equals([1, 2, 3]), Is.False);
        Assert.That(one.Equals(null), Is.False);
    }

    [Test]
    public void Create_SourceChangesLater_KeepsItsItems()
    {
        int[] items = [1, 2];
        var list = items.ToValueList();
        items[0] = 9;
        Assert.That(list, Is.EqualTo(new[] { 1, 2 }));
        Assert.That(Array.Empty<int>().ToValueList(), Is.SameAs(ValueList<int>.Empty));
    }
}
