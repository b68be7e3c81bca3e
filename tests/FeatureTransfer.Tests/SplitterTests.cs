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
        Assert.That(() => Splitter.HoldOut(["a", "b"], ["g", "g"], 0.2, 1), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("2 groups or more, and there are 1").And.Message.Contains("split.testFraction to 0"));

    [Test]
    public void Folds_FewRowsOfManyLabels_LeaveNoFoldEmpty([Range(2, 6)] int folds)
    {
        string[] labels = ["a", "a", "b", "b", "c", "c"];
        Assert.That(Splitter.Folds(labels, null, folds, 1), Has.All.Matches<SplitRows>(fold => fold!.Test.Count > 0 && fold.Train.Count > 0));
    }

    [Test]
    public void Folds_MoreThanRows_SaysSo() =>
        Assert.That(() => Splitter.Folds(["a", "b"], null, 3, 1), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("3 rows or more").And.Message.Contains("split.folds"));

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

    private static (List<string> Labels, List<string> Groups) Rows(int seed, int count)
    {
        var random = new Random(seed);
        var groups = Enumerable.Range(0, count).Select(_ => $"g{random.Next(60)}").ToList();
        return (groups.ConvertAll(group => $"label{group.Length + (group[^1] % 3)}"), groups);
    }
}
