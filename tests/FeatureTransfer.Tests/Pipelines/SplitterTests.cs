using FeatureTransfer.Pipelines.Splits;

namespace FeatureTransfer.Tests.Pipelines;

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

    private static (List<string> Labels, List<string> Groups) Rows(int seed, int count)
    {
        var random = new Random(seed);
        var groups = Enumerable.Range(0, count).Select(_ => $"g{random.Next(60)}").ToList();
        return (groups.ConvertAll(group => $"label{group.Length + (group[^1] % 3)}"), groups);
    }
}
