using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Splits;

namespace FeatureTransfer.Pipelines.Tests.Running.Tasks;

/// <summary>What splits keep the shares of, by task.</summary>
public class StrataTests
{
    private static readonly string[] _numbers = [.. Enumerable.Range(0, 50).Select(row => $"{(row * 37) % 50}.5")];

    [Test]
    public void Strata_Regression_AreBinsWithAsManyRowsEach()
    {
        var bins = Of(PipelineTask.Regression, _numbers).GroupBy(bin => bin).ToList();
        Assert.That(bins.Select(bin => bin.Count()), Is.EqualTo(new[] { 10, 10, 10, 10, 10 }));
        Assert.That(Of(PipelineTask.Regression, ["1", "1.0", .. Enumerable.Repeat("2", 30)]).Take(2).Distinct().Count(), Is.EqualTo(1), "equal numbers share a bin");
    }

    [Test]
    public void Strata_Regression_SpreadNumbersOverFolds()
    {
        var folds = Splitter.Folds(Of(PipelineTask.Regression, _numbers), null, 5, 1);
        Assert.That(folds.Select(fold => fold.Test.Count(row => double.Parse(_numbers[row], System.Globalization.CultureInfo.InvariantCulture) < 10)), Is.All.EqualTo(2));
    }

    [Test]
    public void Strata_MultiLabel_AreTheRarestLabelOfEachRow() =>
        Assert.That(
            Of(PipelineTask.MultiLabel, [.. Tenfold("a|b"), .. Tenfold("b | a | c"), .. Tenfold("a"), .. Tenfold(""), "d"]),
            Is.EqualTo((string[])[.. Tenfold("b"), .. Tenfold("c"), .. Tenfold("a"), .. Tenfold(""), ""]));

    /// <summary>With many labels hardly two rows have the same set: strata of whole sets would be rows each for itself.</summary>
    [Test]
    public void Folds_MultiLabelWithManySets_AreOfOneSizeAndShareTheRareLabels()
    {
        var random = new Random(5);
        string[] labels = [.. Enumerable.Range(0, 200).Select(row => string.Join('|', Enumerable.Range(0, 12).Where(_ => random.NextDouble() < 0.5).Append(row < 20 ? 99 : 0)))];
        var strata = Of(PipelineTask.MultiLabel, labels);
        var folds = Splitter.Folds(strata, null, 5, 1);
        Assert.That(folds.Select(fold => fold.Test.Count), Is.All.InRange(35, 45));
        Assert.That(folds.Select(fold => fold.Test.Count(row => row < 20)), Is.All.EqualTo(4));
        Assert.That(Splitter.HoldOut(strata, null, 0.2, 1).Test, Has.Count.InRange(35, 45));
    }

    [Test]
    public void Strata_Binary_AreWhatLabelsMean() => Assert.That(Of(PipelineTask.Binary, ["1", "yes", "0"]).Distinct().Count(), Is.EqualTo(2));

    [Test]
    public void HoldOut_RegressionInGroups_KeepsThemTogether()
    {
        string[] groups = [.. _numbers.Select((_, row) => $"{row / 5}")];
        var split = Splitter.HoldOut(Of(PipelineTask.Regression, _numbers), groups, 0.3, 1);
        Assert.That(split.Train.Select(row => groups[row]).Intersect(split.Test.Select(row => groups[row])), Is.Empty);
    }

    private static IEnumerable<string> Tenfold(string label) => Enumerable.Repeat(label, 10);

    private static IReadOnlyList<string> Of(PipelineTask task, IReadOnlyList<string> labels) => RowGroups.Strata(
        new PipelineDefinition { Task = task, Data = new ListSource { Items = [] } },
        new Table(labels.Count).With("Label", [.. labels]));
}
