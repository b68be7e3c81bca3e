using FeatureTransfer.Pipelines.Advising;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Advising;

public class ScreeningTests
{
    private const int Rows = 40;

    [Test]
    public void Of_FeatureThatIsTheClassAmongNoiseOfOtherScales_TellsEveryRow()
    {
        var (table, classes) = Sample();
        var random = new Random(1);
        var result = Screen(table, [.. classes.Select(label => new[] { label == 0 ? 0.001f : -0.001f, 1000 * random.NextSingle(), random.NextSingle() })], classes);
        Assert.Multiple(() =>
        {
            Assert.That(result.Mean.Headline!.Value, Is.EqualTo(1));
            Assert.That(result.Folds.Select(fold => (fold.Repeat, fold.Fold, fold.TrainRows, fold.TestRows)), Is.EqualTo([(0, 0, 32, 8), (0, 1, 32, 8), (0, 2, 32, 8), (0, 3, 32, 8), (0, 4, 32, 8)]));
        });
    }

    [Test]
    public void Of_FeaturesThatSayNothing_IsNoBetterThanChance()
    {
        var (table, classes) = Sample();
        var random = new Random(2);
        var result = Screen(table, [.. classes.Select(_ => Enumerable.Range(0, 200).Select(_ => random.NextSingle()).ToArray())], classes);
        Assert.That(result.Mean.Headline!.Value, Is.InRange(0.2, 0.75));
    }

    [Test]
    public void Of_RowsOfOneGroup_StandOnOneSideOfAFold()
    {
        // Each pair shares what tells it and its label, and no other row does: with the pair on both sides it would be told.
        var (table, classes) = Sample();
        float[][] features = [.. classes.Select((_, row) => Enumerable.Range(0, Rows / 2).Select(pair => pair == row / 2 ? 1f : 0).ToArray())];
        var apart = Screen(table, features, classes, "Pair");
        Assert.That(apart.Mean.Headline!.Value, Is.LessThan(Screen(table, features, classes).Mean.Headline!.Value - 0.2));
    }

    private static CrossValidationResult Screen(Table table, float[][] features, List<int> classes, string? group = null) => Screening.Of(
        new PipelineDefinition { Name = "screened", Data = new CsvSource { Path = "rows.csv" }, Split = new SplitOptions { Folds = 5, GroupColumn = group }, Estimators = [] }, table, features, classes, default);

    // Pairs of one label follow each other, and labels come in no order.
    private static (Table Table, List<int> Classes) Sample()
    {
        List<int> classes = [.. Enumerable.Range(0, Rows).Select(row => row / 2 * 7 % 20 < 10 ? 0 : 1)];
        return (new Table(Rows).With("Label", [.. classes.Select(label => label == 0 ? "good" : "bad")]).With("Pair", [.. classes.Select((_, row) => $"p{row / 2}")]), classes);
    }
}
