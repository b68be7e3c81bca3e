using FeatureTransfer.Splits;

namespace FeatureTransfer.Tests;

public class SplitterTests
{
    [Test]
    public void Folds_RandomRows_CoverEachRowOnceAndKeepGroupsWhole([Range(1, 10)] int seed)
    {
        var (labels, groups) = Rows(seed, 200);
        var folds = Splitter.Folds(labels, groups, 5, seed);
        Assert.That(folds.SelectMany(fold => fold.Test).Order(), Is.EqualTo(Enumerable.Range(0, 200)));
        foreach (var fold in folds)
        {
            var train = fold.Train.Select(row => groups[row]).ToHashSet();
            Assert.That(fold.Test.Select(row => groups[row]), Has.None.Matches<string>(group => train.Contains(group!)));
            Assert.That(fold.Test.Concat(fold.Train).Order(), Is.EqualTo(Enumerable.Range(0, 200)));
        }
    }

    [Test]
    public void Folds_WithoutGroups_SpreadEachLabelEvenly()
    {
        var labels = Enumerable.Range(0, 100).Select(row => row % 4 == 0 ? "rare" : "common").ToList();
        foreach (var fold in Splitter.Folds(labels, null, 5, 3))
        {
            Assert.That(fold.Test, Has.Count.EqualTo(20));
            Assert.That(fold.Test.Count(row => labels[row] == "rare"), Is.EqualTo(5));
        }
    }

    [Test]
    public void HoldOut_SameSeed_GivesTheSameSplitAndAnotherSeedAnother()
    {
        var (labels, groups) = Rows(5, 300);
        var first = Splitter.HoldOut(labels, groups, 0.2, 1).Test;
        var again = Splitter.HoldOut(labels, groups, 0.2, 1).Test;
        Assert.That(again, Is.EqualTo(first));
        Assert.That(Splitter.HoldOut(labels, groups, 0.2, 2).Test, Is.Not.EqualTo(first));
        Assert.That(first, Has.Count.InRange(50, 70));
    }

    [Test]
    public void HoldOut_ShareBelowAnyGroup_TakesTheSmallestThatLeavesItsLabelInTraining()
    {
        string[] labels = ["a", "a", "b", "b", "b", "c"];
        string[] groups = ["1", "1", "2", "2", "3", "4"];
        Assert.That(Splitter.HoldOut(labels, groups, 0.01, 1).Test, Is.EqualTo(new[] { 4 }));
    }

    [Test]
    public void HoldOut_OneGroup_SaysThatTwoAreNeeded() =>
        Assert.That(() => Splitter.HoldOut(["a", "b"], ["g", "g"], 0.2, 1), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("A held-out test needs 2 groups or more, and there are 1").And.Message.Contains("split.testFraction to 0"));

    [Test]
    public void Folds_FewRowsOfManyLabels_LeaveNoFoldEmpty([Range(2, 6)] int folds)
    {
        string[] labels = ["a", "a", "b", "b", "c", "c"];
        Assert.That(Splitter.Folds(labels, null, folds, 1), Has.All.Matches<SplitRows>(fold => fold!.Test.Count > 0 && fold.Train.Count > 0));
    }

    [Test]
    public void Folds_MoreThanRows_SaysSo() =>
        Assert.That(() => Splitter.Folds(["a", "b"], null, 3, 1), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("3 folds need 3 rows or more").And.Message.Contains("split.folds"));

    [TestCase(30, 2)]
    [TestCase(20, 3)]
    [TestCase(12, 5)]
    public void HoldOut_ManyLabelsOfFewRows_HoldsOutTheShareAndLeavesEachLabelInTraining(int labels, int rows)
    {
        var all = Enumerable.Range(0, labels * rows).Select(row => $"c{row % labels}").ToList();
        var split = Splitter.HoldOut(all, null, 0.2, 1);
        Assert.That(split.Test, Has.Count.EqualTo(12));
        Assert.That(split.Train.Select(row => all[row]).Distinct().Count(), Is.EqualTo(labels));
    }

    [Test]
    public void HoldOut_OneRowALabel_TakesNoMoreThanOneOutOfTraining()
    {
        var all = Enumerable.Range(0, 60).Select(row => $"c{row}").ToList();
        Assert.That(Splitter.HoldOut(all, null, 0.2, 1).Test, Has.Count.EqualTo(1));
    }

    [Test]
    public void Folds_ManyLabelsOfFewRows_AreOfOneSize()
    {
        var all = Enumerable.Range(0, 60).Select(row => $"c{row % 30}").ToList();
        Assert.That(Splitter.Folds(all, null, 5, 1).Select(fold => fold.Test.Count), Is.All.EqualTo(12));
    }

    [Test]
    public void Folds_FewerThanTwo_AreRefused() =>
        Assert.That(() => Splitter.Folds(["a", "b"], null, 1, 1), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void HoldOut_FractionOfZero_TrainsOnAllRowsEvenOfOneGroup()
    {
        var split = Splitter.HoldOut(["a", "b"], ["g", "g"], 0, 1);
        Assert.That(split.Train, Is.EqualTo(new[] { 0, 1 }));
        Assert.That(split.Test, Is.Empty);
    }

    /// <summary>Small groups first would leave the large ones no room: 7 and 11 rows.</summary>
    [Test]
    public void Folds_GroupsOfManySizes_AreOfOneSizeBecauseLargeOnesComeFirst([Range(1, 5)] int seed)
    {
        string[] groups = [.. Rows("g", 7), .. Rows("h", 5), .. Rows("i", 4), .. Rows("j", 2)];
        Assert.That(Sizes(Splitter.Folds(Rows("a", 18), groups, 2, seed)), Is.EqualTo(new[] { 9, 9 }));
    }

    [Test]
    public void Folds_OneFoldOfTheRightSize_EvensTheOthers()
    {
        var labels = Enumerable.Range(0, 10).SelectMany(i => (string[])[.. Rows($"four{i}", 4), .. Rows($"five{i}", 5)]).ToList();
        Assert.That(Sizes(Splitter.Folds(labels, null, 3, 1)), Is.EqualTo(new[] { 30, 30, 30 }));
    }

    /// <summary>Labels of odd counts put a row more into the first fold; by 5 % of its rows, or by one, it may have more.</summary>
    [TestCase(11, 9)]
    [TestCase(21, 21, 19, 19)]
    public void Folds_SizesNearEnough_StayAsTheLabelsLie(params int[] counts)
    {
        var labels = counts.SelectMany((count, label) => Rows($"{label}", count)).ToList();
        var half = labels.Count / 2;
        Assert.That(Sizes(Splitter.Folds(labels, null, 2, 1)), Is.EqualTo(new[] { half + (counts.Length / 2), half - (counts.Length / 2) }));
    }

    [Test]
    public void Folds_OneRowALabel_AreOfOneSize() =>
        Assert.That(Sizes(Splitter.Folds([.. Enumerable.Range(0, 10).Select(row => $"c{row}")], null, 2, 1)), Is.EqualTo(new[] { 5, 5 }));

    [Test]
    public void Folds_EvenedByRowsOfOtherLabels_KeepLabelsOfTwoRowsInBoth([Range(1, 5)] int seed)
    {
        var labels = Enumerable.Range(0, 10).SelectMany(i => Rows($"two{i}", 2)).Concat(Enumerable.Range(0, 6).Select(i => $"one{i}")).ToList();
        var folds = Splitter.Folds(labels, null, 2, seed);
        Assert.That(Sizes(folds), Is.EqualTo(new[] { 13, 13 }));
        Assert.That(folds.Select(fold => fold.Test.Count(row => labels[row].StartsWith("two", StringComparison.Ordinal))), Is.All.EqualTo(10));
    }

    [Test]
    public void Folds_GroupsOfThreeRows_AreEvenedToo()
    {
        var labels = Enumerable.Range(0, 4).SelectMany(i => Rows($"l{i}", 9)).ToList();
        Assert.That(Sizes(Splitter.Folds(labels, [.. Enumerable.Range(0, 36).Select(row => $"g{row / 3}")], 2, 1)), Is.EqualTo(new[] { 18, 18 }));
    }

    /// <summary>Of 24 labels all are held out; the five rows that are too many come from labels with more rows first.</summary>
    [Test]
    public void HoldOut_TooManyRows_GivesBackThoseOfLabelsThatKeepSome([Range(1, 5)] int seed)
    {
        var labels = Enumerable.Range(0, 20).SelectMany(i => Rows($"two{i}", 2)).Concat(Enumerable.Range(0, 4).SelectMany(i => Rows($"twelve{i}", 12))).ToList();
        var test = Splitter.HoldOut(labels, null, 0.4, seed).Test;
        Assert.That(test, Has.Count.EqualTo(35));
        Assert.That(test.Select(row => labels[row]).Distinct().Count(), Is.EqualTo(23));
    }

    [Test]
    public void Assign_WithoutGroups_GivesEachPartItsShareOfEachLabelWithinARow([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        double[] shares = [random.Next(2, 9), random.Next(2, 9), random.Next(2, 9)];
        var labels = Enumerable.Range(0, 12).SelectMany(label => Rows($"{label}", random.Next(4, 9))).ToList();
        var parts = Splitter.Assign(labels, null, shares, seed);
        foreach (var rows in Enumerable.Range(0, labels.Count).GroupBy(row => labels[row]))
        {
            for (var part = 0; part < 3; part++)
                Assert.That(rows.Count(row => parts[row] == part), Is.EqualTo(rows.Count() * shares[part] / shares.Sum()).Within(1), $"label {rows.Key} in part {part}");
        }
    }

    private static string[] Rows(string label, int count) => [.. Enumerable.Repeat(label, count)];

    private static IEnumerable<int> Sizes(IEnumerable<SplitRows> folds) => folds.Select(fold => fold.Test.Count);

    private static (List<string> Labels, List<string> Groups) Rows(int seed, int count)
    {
        var random = new Random(seed);
        var groups = Enumerable.Range(0, count).Select(_ => $"g{random.Next(60)}").ToList();
        return (groups.ConvertAll(group => $"label{group.Length + (group[^1] % 3)}"), groups);
    }
}
