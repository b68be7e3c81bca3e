using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Running.Tasks;

/// <summary>What tasks ask of labels, and what they learn from them.</summary>
public class TaskRulesTests
{
    private static readonly BinaryRules _dogs = new(new BinaryLabels("dog").Named(["dog", "cat"]), 0.5);
    private static readonly MultiLabelRules _tags = new("|", ["a", "b"]);

    [Test]
    public void CheckTrainable_OneLabel_SaysWhichIsMissing()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Check(grouped: false, "a", "b"), Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo(
                "p: the rows have one label, 'a': the label 'b' has 1 row, which the split left to the other side. Give more rows of it, lower split.testFraction, or set split.folds to 0."));
            Assert.That(() => Check(grouped: true, "b", "c", "c", "a"), Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo(
                "p: the rows have one label, 'a': the label 'c' has 2 rows, which the split left to the other side, because groups and copies of an image stay whole. Give more rows of it in more groups, lower split.testFraction, or set split.folds to 0."));
            Assert.That(() => new MulticlassRules([]).CheckTrainable("p", ["a", "b", "c"], ["a", "b", "c"], false, "the rows"), Throws.Nothing);
        });

        static void Check(bool grouped, params string[] all) => new MulticlassRules([]).CheckTrainable("p", ["a", "a"], all, grouped, "the rows");
    }

    [TestCase("1", "1.0")]
    [TestCase("2")]
    public void Learn_NumbersThatAreOne_SaysSo(params string[] labels) =>
        Assert.That(() => new RegressionRules().Learn("p", labels), Throws.TypeOf<FeatureTransferException>().With.Message.Contains($"p: all {labels.Length} rows have one label, '{labels[0]}'"));

    [Test]
    public void Learn_NoRows_SaysSo() =>
        Assert.That(() => new MulticlassRules([]).Learn("p", []), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("all 0 rows have one label, ''"));

    [Test]
    public void Learn_SeveralLabels_GivesThem()
    {
        Assert.Multiple(() =>
        {
            Assert.That(new MultiLabelRules("|", []).Learn("p", ["b | a", "c|a", ""]).Labels, Is.EqualTo(new[] { "a", "b", "c" }));
            Assert.That(new BinaryRules(new BinaryLabels("dog")).Learn("p", ["cat", "dog"]).Labels, Is.EqualTo(new[] { "cat", "dog" }));
            Assert.That(new BinaryRules(new BinaryLabels(PositiveLabel: null)).Learn("p", ["YES", "0"]).Labels, Is.EqualTo(new[] { "0", "YES" }));
            Assert.That(() => new BinaryRules(new BinaryLabels("dgo")).Learn("p", ["cat", "dog", "cat"]), Throws.TypeOf<FeatureTransferException>()
                .With.Message.StartsWith("p: no row has the label 'dgo', which evaluation.positiveLabel names.").And.Message.Contains("'dog'").And.Message.EndsWith("The labels are cat, dog."));
        });
    }

    [Test]
    public void Fault_Labels_SayWhatIsExpected()
    {
        Assert.Multiple(() =>
        {
            Assert.That(new MulticlassRules([]).Fault(""), Is.EqualTo("is empty, so the row has no label"));
            Assert.That(new BinaryLabels("dog").Fault(""), Is.EqualTo("is empty, so the row has no label"));
            Assert.That(new BinaryLabels(PositiveLabel: null).Fault("cat"), Does.StartWith("is \"cat\", expected true or false"));
            Assert.That(new RegressionRules().Fault("1e99"), Is.EqualTo("is \"1e99\", expected a number such as 1.5"));
            Assert.That(new[] { new MulticlassRules([]).Fault("x"), _dogs.Fault("x"), new RegressionRules().Fault("-1.5e3"), _tags.Fault("") }, Is.All.Null);
        });
    }

    [Test]
    public void With_Threshold_KeepsTheRest()
    {
        var limits = new AnswerLimits(new SetLimit(0.5, 0.75, 9), null);
        var classes = new MulticlassRules(["a", "b"], limits: limits).With(0.75);
        Assert.Multiple(() =>
        {
            Assert.That((classes.Threshold, classes.Labels.Count, classes.Limits), Is.EqualTo(((double?)0.75, 2, limits)));
            Assert.That((_dogs.With(0.25).Threshold, _dogs.With(0.25).Labels[1]), Is.EqualTo(((double?)0.25, "dog")));
            Assert.That((_tags.Threshold, _tags.With(0.25).Threshold, _tags.With(0.25).Labels.Count), Is.EqualTo(((double?)0.5, (double?)0.25, 2)));
            Assert.That(() => new RegressionRules().With(0.5), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("the task regression are numbers, which have none"));
        });
    }

    [Test]
    public void Complete_ScoresOfATrainer_GiveLabelsAndItsOwnThreshold()
    {
        var binary = new BinaryRules(new BinaryLabels("dog"));
        Assert.Multiple(() =>
        {
            Assert.That(new MulticlassRules([], 0.5).Complete(new ScoredRows(["b", "a"], [])), Has.Property("Labels").EqualTo(new[] { "b", "a" }).And.Property("Threshold").Null);
            Assert.That(binary.Complete(new ScoredRows([], [new([1], 0.75f)])).Threshold, Is.EqualTo(0.5));
            Assert.That(binary.Complete(new ScoredRows([], [new([1], 0.75f), new([1])])).Threshold, Is.Zero, "not all have a probability");
            Assert.That(_dogs.With(0.25).Complete(new ScoredRows([], [new([1])])).Threshold, Is.EqualTo(0.25));
        });
    }

    [Test]
    public void Choose_ThresholdThatIsGivenOrNothingToChooseBy_Stays()
    {
        Assert.That(_dogs.Choose([new([1], 0.9f), new([1], 0.1f)], ["dog", "cat"]), Is.SameAs(_dogs));
        Assert.That(new BinaryRules(new BinaryLabels("dog")).Choose([], []).Threshold, Is.Null);
    }

    [Test]
    public void Knows_OneLabelThatWasLearned_IsEnough()
    {
        var classes = new MulticlassRules(["a", "b"]);
        Assert.Multiple(() =>
        {
            Assert.That((classes.Knows(["x", "b"]), classes.Knows(["x"])), Is.EqualTo((true, false)));
            Assert.That((_dogs.Knows(["cat"]), _dogs.Knows(["dog"]), _dogs.Knows(["rose"])), Is.EqualTo((true, true, false)));
            Assert.That(new BinaryRules(new BinaryLabels(PositiveLabel: null)).Knows(["rose"]), Is.True);
            Assert.That((_tags.Knows(["x|a"]), _tags.Knows(["x"]), _tags.Knows([""])), Is.EqualTo((true, false, true)));
            Assert.That(new RegressionRules().Knows(["1"]), Is.True);
        });
    }

    [Test]
    public void Unknown_Labels_AreCountedTheMostFrequentFirst()
    {
        Assert.That(new MulticlassRules(["a"]).Unknown(["z", "c", "b", "a", "c", "b"]), Is.EqualTo(new[] { new UnknownLabel("b", 2), new UnknownLabel("c", 2), new UnknownLabel("z", 1) }));
        Assert.That(_tags.Unknown(["a|x", "x|y"]), Is.EqualTo(new[] { new UnknownLabel("x", 2), new UnknownLabel("y", 1) }));
    }

    [Test]
    public void LabelTexts_Columns_AreTextOrNumbers()
    {
        var table = new Table(2).With("Words", ["x", "y"]).With("Label", [1.5f, 2]);
        var definition = new PipelineDefinition { Name = "p", Data = new ListSource { Items = [] } };
        Assert.Multiple(() =>
        {
            Assert.That(LabelTexts.Of(table, "Words"), Is.EqualTo(new[] { "x", "y" }));
            Assert.That(LabelTexts.Of(definition, table), Is.EqualTo(new[] { "1.5", "2" }));
            Assert.That(
                () => LabelTexts.Of(definition with { Evaluation = new EvaluationOptions { LabelColumn = "Class" } }, table),
                Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo("p: the data has no column 'Class' of text or numbers. Its columns are Words, Label; set evaluation.labelColumn."));
        });
    }

    [Test]
    public void Strata_OneNumberForTenRows_AreNoMoreBinsThanThat()
    {
        string[] labels = [.. Enumerable.Range(0, 25).Select(row => $"{row}")];
        Assert.That(new RegressionRules().Strata(labels).CountBy(bin => bin).Select(bin => bin.Value), Is.EqualTo(new[] { 13, 12 }));
        Assert.That(new RegressionRules().Strata(labels[..9]), Is.All.EqualTo("0"));
    }
}
