using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Running;

public class RowGroupsTests
{
    private static readonly Table _table = new Table(4)
        .With("ImagePath", ["tile_1_a.png", "tile_1_b.png", "tile_2_a.png", "other.png"])
        .With("Label", ["x", "x", "y", "y"])
        .With("Group", ["g", "h", "", ""])
        .With("Number", [1f, 2f, 3f, 4f]);

    [Test]
    public void Of_GroupColumn_ComesBeforeAllElse() =>
        Assert.That(Of(new SplitOptions { GroupColumn = "Label", GroupPattern = "tile" }), Is.EqualTo(new[] { "x", "x", "y", "y" }));

    [Test]
    public void Apply_PatternThatBacktracksWithoutEnd_IsNamed()
    {
        var pattern = GroupPatterns.Compile("^(a+)+$");
        Assert.That(() => GroupPatterns.Apply(pattern, new string('a', 60) + "!"), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("\"^(a+)+$\"").And.Message.Contains("over and over"));
    }

    [Test]
    public void Of_GroupPattern_JoinsEqualMatchesAndLeavesOthersAlone() =>
        Assert.That(Of(new SplitOptions { GroupPattern = @"tile_(\d)" }), Is.EqualTo(new[] { "1", "1", "2", "other.png" }));

    [Test]
    public void Of_SourceWithGroups_RowsWithoutOneAreAlone()
    {
        var groups = Of(new SplitOptions())!;
        Assert.That(groups.Take(2), Is.EqualTo(new[] { "g", "h" }));
        Assert.That(groups, Is.Unique);
    }

    [Test]
    public void Of_NoGroups_IsNull() => Assert.That(RowGroups.Of(Definition(new SplitOptions()), new Table(1).With("Label", ["a"])), Is.Null);

    [TestCase("Numbr")]
    [TestCase("Number")]
    public void Of_NoSuchTextColumn_NamesTheColumns(string column) => Assert.That(
        () => Of(new SplitOptions { GroupColumn = column }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains($"split.groupColumn is '{column}'").And.Message.Contains("ImagePath, Label, Group, Number"));

    [Test]
    public void Strata_NotStratified_IsOneForAll()
    {
        Assert.That(RowGroups.Strata(Definition(new SplitOptions()), _table), Is.EqualTo(_table.Text("Label")));
        Assert.That(RowGroups.Strata(Definition(new SplitOptions { Stratified = false }), _table).Distinct().Count(), Is.EqualTo(1));
    }

    private static IReadOnlyList<string>? Of(SplitOptions split) => RowGroups.Of(Definition(split), _table);

    private static PipelineDefinition Definition(SplitOptions split) => PipelineDefinition.From(new CsvSource { Path = "x.csv" }).Split(split).Build();
}
