using System.Text.Json;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Results;

/// <summary>What results tell beside what they were given.</summary>
public class ResultTests
{
    [Test]
    public void EvaluationInterval_ShareOfRows_IsThatOfTheRows()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Judged("accuracy").Interval, Is.EqualTo(Interval.OfShare(0.5, 2)));
            Assert.That(Judged("macroAccuracy").Interval, Is.Null);
            Assert.That((Judged("accuracy") with { Predictions = [] }).Interval, Is.Null, "no rows");
            Assert.That((Judged("accuracy") with { Metrics = [] }).Interval, Is.Null, "no metric");
        });
    }

    [Test]
    public void Rows_AnswersThatAreNumbers_AreCounted() =>
        Assert.That((Judged("rSquared") with { Regression = new RegressionDetail([new("x", 1, 2)]) }).Rows, Is.EqualTo(1));

    [Test]
    public void CrossValidationInterval_ShareOfRows_StaysBetweenZeroAndOne()
    {
        Assert.That(Of("accuracy"), Is.EqualTo(new Interval(0, 1)));
        Assert.That(Of("rSquared")?.Low, Is.LessThan(0));
        Assert.That(Of("rSquared")?.High, Is.GreaterThan(1));

        static Interval? Of(string metric) => new CrossValidationResult([Fold(0, 0.75), Fold(1, 1)], [new(metric, 0.875, true)], [new(metric, 0.2, true)]).Interval;
    }

    [Test]
    public void CrossValidationInterval_NothingToTell_IsNull()
    {
        Assert.That(new CrossValidationResult([Fold(0, 1)], [new("accuracy", 1, true)], []).Interval, Is.Null, "one fold");
        Assert.That(new CrossValidationResult([Fold(0, 1), Fold(1, 1)], [], []).Interval, Is.Null, "no metric");
        Assert.That(new CrossValidationResult([Fold(0, 1), Fold(1, 1)], [new("accuracy", 1, true)], []).Interval, Is.EqualTo(new Interval(1, 1)), "no deviation");
    }

    [TestCase(0.5, 1, ExpectedResult = 2 / 3.0)]
    [TestCase(0, 0, ExpectedResult = 0)]
    public double F1_PrecisionAndRecall_IsTheirHarmonicMean(double precision, double recall) => new ClassResult("a", precision, recall, 1).F1;

    [Test]
    public void Lowest_Group_IsTheWorstOfTheSlices()
    {
        var groups = new[] { new SliceGroup("small", 1, 0, default), new SliceGroup("b", 20, 0.6, default), new SliceGroup("a", 20, 0.85, default) };
        Assert.That(Probed(new SliceReport { Column = "camera", Groups = groups, Worst = "b" }), Is.EqualTo(groups[1]));
        Assert.That(Probed(new SliceReport { Column = "camera", Groups = groups }), Is.Null);
        Assert.That(Probed(null), Is.Null);

        static SliceGroup? Probed(SliceReport? slices) => new ProbedChain("as they are", 0.5, default, null, slices).Lowest;
    }

    [Test]
    public void LayersText_Layers_AreListed()
    {
        Assert.That(new BackboneSummary("b", ["x", "y"], "Average", 2, null).LayersText, Is.EqualTo("x, y"));
        Assert.That(new BackboneSummary("b", [], "Average", 2, null).LayersText, Is.EqualTo("the first output"));
    }

    [Test]
    public void Best_Trials_ComeByTheirMetricThenTheirNumber()
    {
        SearchTrial[] higher = [Trial(1, 0.5, true), Trial(2, 0.75, true), Trial(3, double.NaN, true), Trial(4, 0.75, true), Trial(5, null, true)];
        Assert.That(SearchTrial.Best(higher).Select(trial => trial.Number), Is.EqualTo(new[] { 2, 4, 1, 3, 5 }));
        Assert.That(SearchTrial.Best([Trial(1, 0.5, false), Trial(2, 0.75, false), Trial(3, 0.25, false)]).Select(trial => trial.Number), Is.EqualTo(new[] { 3, 1, 2 }));
    }

    [Test]
    public void Json_Fold_HasItsMetricsFirst() =>
        Assert.That(Json(Fold(1, 0.75)), Is.EqualTo("""{"accuracy":0.75,"repeat":0,"fold":1,"trainRows":80,"testRows":20}"""));

    [Test]
    public void Json_Evaluation_HasWhatThereIs()
    {
        var empty = new EvaluationResult { Metrics = [], Task = PipelineTask.MultiLabel };
        Assert.That(Json(empty), Is.EqualTo("""{"task":"multiLabel"}"""));
        var full = Judged("accuracy") with
        {
            Labels = ["a"],
            ConfusionCounts = [[2]],
            PerClass = [new ClassResult("a", 1, 1, 2)],
            Binary = new BinaryDetail { PositiveLabel = "a", NegativeLabel = "b", Threshold = 0.5, Roc = [], PrecisionRecall = [] },
            Regression = new RegressionDetail([]),
            MultiLabel = new MultiLabelDetail([], 0.5),
            Slices = [new SliceReport { Column = "camera", Groups = [] }],
            Limits = new LimitsReport(null, null),
        };
        using var json = JsonDocument.Parse(Json(full));
        Assert.That(
            json.RootElement.EnumerateObject().Select(member => member.Name),
            Is.EqualTo(new[] { "accuracy", "task", "labels", "confusionCounts", "perClass", "binary", "regression", "multiLabel", "slices", "limits", "predictions" }));
        Assert.That(json.RootElement.GetProperty("predictions")[0].GetRawText(), Does.Not.Contain("set").And.Not.Contain("unknown"));
    }

    [Test]
    public void Json_Read_IsNotWhatItIsFor() =>
        Assert.That(() => JsonSerializer.Deserialize<FoldResult>("{}"), Throws.TypeOf<NotSupportedException>().With.Message.Contains("FoldResult is written for others to read"));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private static FoldResult Fold(int fold, double accuracy) => new(0, fold, 80, 20, [new("accuracy", accuracy, true)]);

    private static EvaluationResult Judged(string metric) => new() { Metrics = [new(metric, 0.5, true)], Predictions = [new("1", "a", "a", 1), new("2", "a", "b", 1)] };

    private static SearchTrial Trial(int number, double? metric, bool isHigherBetter) => new()
    {
        Number = number,
        Options = new Dictionary<string, JsonElement>(),
        Round = 1,
        Rows = 10,
        CrossValidation = metric is { } value ? new CrossValidationResult([], [new("metric", value, isHigherBetter)], []) : null,
    };
}
