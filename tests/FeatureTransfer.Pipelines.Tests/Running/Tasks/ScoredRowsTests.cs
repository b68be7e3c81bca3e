using FeatureTransfer.Heads;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using Microsoft.ML.Data;
using GateTransformer = FeatureTransfer.Cascades.GateTransformer;

namespace FeatureTransfer.Pipelines.Tests.Running.Tasks;

/// <summary>What is read of the columns that a chain gives.</summary>
public class ScoredRowsTests
{
    private static readonly float[][] _scores = [[0.75f, 0.25f], [0.5f, 0.5f], [0, 1]];

    [Test]
    public void Of_ScoresWithLabels_AreReadWithTheirPlaces()
    {
        var scored = ScoredRows.Of(SourceRows.Numbered(Classes()).Select([2, 0]));
        Assert.Multiple(() =>
        {
            Assert.That(scored.Labels, Is.EqualTo(new[] { "a", "b" }));
            Assert.That(scored.Rows.Select(row => row.Scores), Is.EqualTo(new[] { _scores[2], _scores[0] }));
            Assert.That(scored.Places, Is.EqualTo(new[] { 2, 0 }));
            Assert.That(scored.Sample, Is.Empty);
            Assert.That(scored.Rows[0] is { Probability: null, IsCostly: null, IsAsked: false, Novelty: null, Features: null });
        });
    }

    [Test]
    public void Of_SingleScore_HasItsProbabilityAndNoLabels()
    {
        var scored = ScoredRows.Of(new Table(2).With("Score", new float[] { -1, 2 }).With("Probability", [0.25f, 0.875f]));
        Assert.That((scored.Labels.Count, scored.Places), Is.EqualTo((0, (IReadOnlyList<int>?)null)));
        Assert.That(scored.Rows.Select(row => (row.Scores[0], row.Probability, row.Decision)), Is.EqualTo(new[] { (-1f, (float?)0.25f, 0.25f), (2, 0.875f, 0.875f) }));
        Assert.That(ScoredRows.Of(new Table(1).With("Score", new float[] { 2 })).Rows[0], Has.Property("Decision").EqualTo(2).And.Property("Probability").Null);
    }

    [Test]
    public void Of_EverySecondRow_KeepsItsFeatures()
    {
        var table = Classes().With("Features", [[1, 2], [3, 4], [5, 6]]);
        Assert.That(ScoredRows.Of(table, every: 2).Sample, Is.EqualTo(new[] { (0, new float[] { 1, 2 }), (2, new float[] { 5, 6 }) }));
        Assert.That(ScoredRows.Of(Classes(), every: 2).Sample, Is.Empty, "no such column");
        Assert.That(ScoredRows.Of(Classes().With("Features", [[1], [3], [5]]), every: 2).Sample, Is.Empty, "one number has no place in a plane");
    }

    [TestCase(ScoredRows.LongestFeatures, ExpectedResult = 3)]
    [TestCase(ScoredRows.LongestFeatures + 1, ExpectedResult = 0)]
    public int Of_LongFeatures_AreLeftOut(int length) => ScoredRows.Of(Classes().With("Features", [new float[length], new float[length], new float[length]]), every: 1).Sample.Count;

    [Test]
    public void Of_NamedColumns_GiveNoveltyAndFeatures()
    {
        var table = Classes().With("Distance", [1f, 2, 3]).With("Logits", [[1, 1], [0, 0], [2, 0]]).With("Features", [[1, 2], [3, 4], [5, 6]]);
        Assert.Multiple(() =>
        {
            Assert.That(ScoredRows.Of(table, novelty: "Distance").Rows.Select(row => row.Novelty), Is.EqualTo(new float?[] { 1, 2, 3 }));
            Assert.That(ScoredRows.Of(table, novelty: "Logits").Rows[1].Novelty, Is.EqualTo((float)EnergyScore.Of([0, 0])));
            Assert.That(ScoredRows.Of(table, all: "Features").Rows[1].Features, Is.EqualTo(new float[] { 3, 4 }));
        });
    }

    [Test]
    public void Of_ColumnsOfAGate_SayWhoAnswered()
    {
        var table = Classes()
            .With(TableColumn.Of(GateTransformer.CostlyColumn, [true, false, true], BooleanDataViewType.Instance))
            .With(TableColumn.Of(GateTransformer.AskedColumn, [false, false, true], BooleanDataViewType.Instance));
        Assert.That(ScoredRows.Of(table).Rows.Select(row => (row.IsCostly, row.IsAsked)), Is.EqualTo(new[] { ((bool?)true, false), (false, false), (true, true) }));
    }

    [Test]
    public void Of_ColumnsThatCannotBe_SayWhatIsExpected()
    {
        Assert.Multiple(() =>
        {
            Throws(new Table(1).With("x", [1f]), null, "no column 'Score'. End it with a trainer");
            Throws(new Table(1).With("Score", [[1f, 2]]), null, "names no labels. Map the label with MapValueToKey");
            Throws(Classes(), "Logits", "the chain gives no column 'Logits'. Name the logitsColumn");
            Throws(Classes().With("Logits", ["x", "y", "z"]), "Logits", "the column 'Logits' is String. Expected logits or one number");
        });

        static void Throws(Table table, string? novelty, string message) =>
            Assert.That(() => ScoredRows.Of(table, novelty: novelty), NUnit.Framework.Throws.TypeOf<FeatureTransferException>().With.Message.Contains(message));
    }

    [TestCase(new[] { 0.25f, 0.75f }, new[] { 0.25f, 0.75f })]
    [TestCase(new[] { 0f, 0f }, new[] { 0.5f, 0.5f })]
    [TestCase(new[] { -1f, 2f }, new[] { 0.0474259f, 0.9525741f })]
    [TestCase(new[] { 2f, 0f }, new[] { 0.8807970f, 0.1192029f })]
    public void Probabilities_ScoresThatAreNone_AreMadeSo(float[] scores, float[] expected) =>
        Assert.That(new RowScore(scores).Probabilities, Is.EqualTo(expected).Within(1e-6));

    /// <summary>At a temperature of 2 the logits are halved.</summary>
    [Test]
    public void At_Temperature_CalibratesScoresOrTheProbability()
    {
        var halved = new TemperatureScaling(2, IsLogits: true);
        var several = new RowScore([2, 0]).At(halved);
        var single = new RowScore([4], 0.99f).At(halved);
        Assert.Multiple(() =>
        {
            Assert.That(several.Scores, Is.EqualTo(new[] { 0.7310586f, 0.2689414f }).Within(1e-6));
            Assert.That(several.Probability, Is.Null);
            Assert.That(single.Scores, Is.EqualTo(new float[] { 4 }));
            Assert.That(single.Probability, Is.EqualTo(0.8807970f).Within(1e-6));
        });
    }

    [Test]
    public void At_NoTemperature_LeavesTheRowsAsTheyAre()
    {
        var scored = ScoredRows.Of(Classes());
        Assert.That(scored.At(null), Is.SameAs(scored));
        Assert.That(scored.At(new TemperatureScaling(1, IsLogits: false)).Rows[0].Scores, Is.EqualTo(_scores[0]).Within(1e-6));
    }

    private static Table Classes() => new Table(3).With(TableColumn.OfVectors("Score", _scores, new VectorDataViewType(NumberDataViewType.Single, 2), ["a", "b"]));
}
