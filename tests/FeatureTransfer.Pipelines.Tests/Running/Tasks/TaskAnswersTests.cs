using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Running.Tasks;

/// <summary>What tasks make of the scores of rows.</summary>
public class TaskAnswersTests
{
    private static readonly BinaryRules _dogs = new(new BinaryLabels("dog").Named(["dog", "cat"]), 0.5);
    private static readonly MultiLabelRules _tags = new("|", ["a", "b"]);

    [Test]
    public void JudgeWithin_Limits_AreJudgedAndToldOfEachRow()
    {
        var rules = new MulticlassRules(["a", "b"], limits: new AnswerLimits(new SetLimit(0.5, 0.5, 9), new UnknownLimit("Novelty", 0.2, 5, 9)));
        var scored = new ScoredRows(["a", "b"], [new([0.75f, 0.25f]) { Novelty = 1 }, new([0.5f, 0.5f]) { Novelty = 9 }]);
        var result = rules.JudgeWithin(scored, ["1", "2"], ["a", "b"]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Predictions.Select(row => (row.Set, row.Unknown)), Is.EqualTo(new[] { ("a", (bool?)false), ("a | b", true) }));
            Assert.That((result.Limits!.Sets!.Covered, result.Limits.Sets.MeanSize, result.Limits.Unknown!.Share), Is.EqualTo((1, 1.5, 0.5)));
            Assert.That(new MulticlassRules(["a", "b"]).JudgeWithin(scored, ["1", "2"], ["a", "b"]).Limits, Is.Null);
            Assert.That(rules.Within(new AnswerLimits(null, null)).JudgeWithin(scored, ["1", "2"], ["a", "b"]).Predictions.Select(row => (row.Set, row.Unknown)), Is.All.EqualTo(((string?)null, (bool?)null)));
        });
    }

    [Test]
    public void Answer_OneOfSeveralClasses_IsEmptyWhereItIsNotSure()
    {
        var limits = new AnswerLimits(new SetLimit(0.5, 0.5, 9), new UnknownLimit("Novelty", 0.2, 5, 9));
        var rules = new MulticlassRules(["a", "b"], 0.75, limits);
        var sure = rules.Answer("x", new RowScore([0.25f, 0.75f]) { Novelty = 5, IsCostly = true });
        Assert.Multiple(() =>
        {
            Assert.That((sure.Input, sure.Label, sure.Confidence, sure.Costly, sure.Asked, sure.Novelty, sure.Unknown), Is.EqualTo(("x", "b", (double?)0.75, (bool?)true, false, (float?)5, (bool?)false)));
            Assert.That(sure.Set, Is.EqualTo(new[] { "b" }));
            Assert.That(sure.Scores, Is.EqualTo(new[] { 0.25f, 0.75f }));
            Assert.That(rules.Answer("x", new RowScore([0.5f, 0.5f])).Label, Is.Empty, "below the threshold");
            Assert.That(rules.Answer("x", new RowScore([0, 1]) { Novelty = 6 }), Has.Property("Label").Empty.And.Property("Unknown").True);
            Assert.That(rules.Answer("x", new RowScore([0, 1]) { IsAsked = true }), Has.Property("Label").Empty.And.Property("Asked").True);
            Assert.That(new MulticlassRules(["a", "b"]).Answer("x", new RowScore([0.5f, 0.5f])), Has.Property("Label").EqualTo("a").And.Property("Set").Null);
        });
    }

    [Test]
    public void Answer_MarginOfTwoAnswers_HasASideEach()
    {
        var answer = new BinaryRules(new BinaryLabels("dog")).Answer("x", new RowScore([-2]));
        Assert.That((answer.Label, answer.Confidence, answer.Score, answer.Probability), Is.EqualTo(("not dog", (double?)2, (float?)-2, (float?)null)));
        Assert.That(answer.Scores, Is.EqualTo(new float[] { 2, -2 }));
    }

    [Test]
    public void Answer_Number_IsWrittenOut()
    {
        var answer = new RegressionRules().Answer("x", new RowScore([-1.5f]));
        Assert.That((answer.Input, answer.Label, answer.Score, answer.Confidence), Is.EqualTo(("x", "-1.5", (float?)-1.5f, (double?)null)));
        Assert.That(answer.Scores, Is.EqualTo(new[] { -1.5f }));
    }

    [Test]
    public void Judge_ScoresOfAnotherTask_SayHowTheChainEnds()
    {
        ScoredRows several = new(["a", "b"], [new([0, 1])]), single = new([], [new([1])]);
        Assert.Multiple(() =>
        {
            Throws(() => _dogs.Judge(several, ["1"], ["dog"]), "a trainer of two classes");
            Throws(() => new RegressionRules().Judge(several, ["1"], ["2"]), "a trainer of regression");
            Throws(() => new MulticlassRules([]).Judge(single, ["1"], ["a"]), "a trainer of several classes");
        });

        static void Throws(Action judge, string message) => Assert.That(judge, NUnit.Framework.Throws.TypeOf<FeatureTransferException>().With.Message.Contains(message));
    }

    [Test]
    public void Judge_LabelThatNoModelLearned_IsMissedOnItsRows()
    {
        var result = _tags.Judge(new ScoredRows(["a", "b"], [new([0.75f, 0.25f]), new([0.5f, 0.75f])]), ["1", "2"], ["a|new", "b|a"]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Labels, Is.EqualTo(new[] { "a", "b", "new" }));
            Assert.That(result.MultiLabel!.Labels.Select(label => label.Recall), Is.EqualTo(new[] { 1.0, 1, 0 }));
            Assert.That(result.Predictions.Select(row => (row.Input, row.Label, row.Predicted)), Is.EqualTo(new[] { ("1", "a|new", "a"), ("2", "a|b", "a|b") }));
            Assert.That(result.Predictions[0].Confidence, Is.EqualTo(0.75).Within(1e-6));
        });
    }

    /// <summary>A gate's costly chain answered the last two rows of four; it leaves the last one to a person.</summary>
    [Test]
    public void Judge_RowsOfAGate_TellWhomItAsked()
    {
        RowScore[] rows = [Gated(false, 1), Gated(false, 0), Gated(true, 1), Gated(true, 0) with { IsAsked = true }];
        var metrics = Judged(rows);
        Assert.Multiple(() =>
        {
            Assert.That((metrics["cheapShare"], metrics["askedShare"]), Is.EqualTo(((double?)0.5, (double?)0.25)));
            Assert.That(metrics["answeredAccuracy"], Is.EqualTo(2 / 3.0).Within(1e-12));
            Assert.That(metrics.Where(metric => !metric.HigherIsBetter).Select(metric => metric.Name), Is.EqualTo(new[] { "logLoss", "askedShare" }));
            Assert.That(Judged(rows[..3]).Select(metric => metric.Name), Does.Contain("cheapShare").And.Not.Contain("askedShare"));
            Assert.That(Judged(rows[3..])["answeredAccuracy"], Is.NaN);
        });

        static RowScore Gated(bool costly, float right) => new([right, 1 - right]) { IsCostly = costly };
        static MetricSet Judged(RowScore[] rows) => new MulticlassRules([]).Judge(new ScoredRows(["a", "b"], rows), [.. rows.Select(_ => "x")], [.. rows.Select(_ => "a")]).Metrics;
    }
}
