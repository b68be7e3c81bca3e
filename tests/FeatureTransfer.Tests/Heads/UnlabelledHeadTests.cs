using FeatureTransfer.Heads;
using FeatureTransfer.Neighbours;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Heads;

/// <summary>Trainers that also learn from rows without a label: two bent chains of points, of which only the ends have one.</summary>
public class UnlabelledHeadTests
{
    private const int Length = 40;

    private readonly MLContext _ml = new(1);

    [Test]
    public void LabelPropagation_TwoChainsWithALabelEach_NamesEveryPointOfThem()
    {
        var scored = Fit(new LabelPropagationOptions { K = 2, Metric = SimilarityMetric.Euclidean, Alpha = 0.99 }, Chains());
        Assert.That(Answers(scored), Is.EqualTo(Truth()));
        Assert.That(Answers(Fit(new KNearestNeighboursOptions { K = 1, Metric = SimilarityMetric.Euclidean }, Chains())).Zip(Truth()).Count(pair => pair.First != pair.Second), Is.GreaterThan(10), "by distance to the labels alone the chains are no classes");
    }

    [TestCase(0.5)]
    [TestCase(0.9)]
    public void Spread_AgainstTheClosedForm_IsTheSame(double alpha)
    {
        var rows = HeadData.Rows(40, 7);
        var graph = LabelGraph.Of(rows.Values, HeadData.Dimension, 4, SimilarityMetric.Euclidean, default);
        int[] labels = [0, 1, 2, 0, 1, 2];
        var shares = graph.Spread(labels, 3, alpha, default);

        var all = HeadData.Vectors(rows);
        int[][] nearest = [.. all.Select((row, i) => Enumerable.Range(0, 40).Where(j => j != i).OrderBy(j => all[j].Zip(row, (a, b) => (a - b) * (a - b)).Sum()).Take(4).ToArray())];
        var joins = Matrix<double>.Build.Dense(40, 40, (i, j) => nearest[i].Contains(j) || nearest[j].Contains(i) ? 1 : 0);
        var scale = Matrix<double>.Build.DenseOfDiagonalVector(joins.RowSums().Map(count => 1 / Math.Sqrt(count)));
        var given = Matrix<double>.Build.Dense(40, 3, (row, label) => row < labels.Length && labels[row] == label ? 1 : 0);
        var expected = (1 - alpha) * (Matrix<double>.Build.DenseIdentity(40) - (alpha * scale * joins * scale)).Solve(given);
        Assert.That(shares.SelectMany(row => row), Is.EqualTo(expected.ToRowMajorArray()).Within(1e-8));
    }

    [Test]
    public void LabelPropagation_RowsThatNoLabelReaches_DoNotVote()
    {
        (string, float[])[] rows = [("a", [0, 0]), ("b", [0, 1]), ("", [0, 0.1f]), ("", [90, 90]), ("", [90, 91])];
        var model = Model(new LabelPropagationOptions { K = 1, Metric = SimilarityMetric.Euclidean }, rows);
        var scores = _ml.Data.CreateEnumerable<Scored>(model.Transform(View([("", [90, 90.2f])])), false).Single().Score;
        Assert.That(scores.Max(), Is.GreaterThan(0.52), "the nearest row with a label's share answers");
    }

    // A loop by hand over the trainer alone.
    [Test]
    public void SelfTraining_Rounds_AreThoseOfTheTrainerOnItsOwnAnswers()
    {
        var (known, others) = (HeadData.Train.Pick([0, 1, 2, 3, 4, 5, 6, 7, 8]), HeadData.Rows(90, 5));
        var options = new SelfTrainingOptions { Trainer = new LinearProbeOptions { L2Regularizations = [1] }, Threshold = 0.6, Rounds = 3 };
        var learned = (LinearDecision)options.Learn(new HeadRows(known, [0, 1, 2], ["a", "b", "c"]) { Unlabelled = others.Values }, default);

        var (byHand, given) = ((LinearDecision)options.Trainer.Learn(known, default), new List<int>());
        for (var round = 0; round < 3; round++)
        {
            float[][] probabilities = [.. Enumerable.Range(0, others.Count).Select(row => Softmax(byHand.Logits(others.Row(row))))];
            given = [.. Enumerable.Range(0, others.Count).Where(row => probabilities[row].Max() >= 0.6)];
            float[] values = [.. known.Values, .. given.SelectMany(row => others.Row(row).ToArray())];
            byHand = (LinearDecision)options.Trainer.Learn(new LabelledFeatures(values, HeadData.Dimension, [.. known.Labels, .. given.Select(row => Array.IndexOf(probabilities[row], probabilities[row].Max()))], 3), default);
        }

        Assert.That(given.Count, Is.InRange(10, 89));
        Assert.That(learned.PseudoLabelled, Is.EqualTo(given.Count));
        Assert.That(learned.Weights, Is.EqualTo(byHand.Weights).Within(1e-5));
    }

    /// <summary>Two clouds, and labels on their near sides, slanted: the labels alone draw a slanted border, the clouds straighten it.</summary>
    [Test]
    public void SelfTraining_Clouds_AreToldBetterThanByTheLabelsAlone()
    {
        var random = new Random(4);
        float[] Point(int side) => [(side * 3) + (float)(random.NextDouble() - 0.5), (float)(random.NextDouble() * 6) - 3];
        (string, float[])[] rows = [("a", [-2.5f, 2.5f]), ("b", [2.5f, -2.5f]), .. Enumerable.Range(0, 200).Select(i => ("", Point(i % 2 == 0 ? -1 : 1)))];
        string[] truth = ["a", "b", .. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? "a" : "b")];
        var options = new LinearProbeOptions { L2Regularizations = [0.1] };
        Assert.That(Right(Fit(options, rows), truth), Is.LessThan(0.98));
        var model = Model(new SelfTrainingOptions { Trainer = options, Threshold = 0.9 }, rows);
        Assert.That(Right(model.Transform(View(rows)), truth), Is.EqualTo(1));
        Assert.That(model.Model.PseudoLabelledRows, Is.GreaterThan(150));
    }

    [Test]
    public void SelfTraining_Threshold1_LearnsFromTheLabelsAlone()
    {
        var options = new SelfTrainingOptions { Threshold = 1 };
        var learned = (LinearDecision)options.Learn(new HeadRows(HeadData.Train, [0, 1, 2], ["a", "b", "c"]) { Unlabelled = HeadData.Test.Values }, default);
        Assert.That(learned.Weights, Is.EqualTo(HeadData.Learn(new LinearProbeOptions()).Weights));
        Assert.That(learned.PseudoLabelled, Is.Zero);
    }

    [Test]
    public void SelfTraining_Seed_IsTheTrainersToo() =>
        Assert.That(
            ((LinearDecision)new SelfTrainingOptions { Seed = 9, Trainer = new LinearSvcOptions { MaximumNumberOfIterations = 2 } }.Learn(HeadData.Train, default)).Weights,
            Is.EqualTo(HeadData.Learn(new LinearSvcOptions { Seed = 9, MaximumNumberOfIterations = 2 }).Weights).And.Not.EqualTo(HeadData.Learn(new LinearSvcOptions { MaximumNumberOfIterations = 2 }).Weights));

    [Test]
    public void Options_Faults_AreNamed()
    {
        Assert.That(() => _ml.MulticlassClassification.Trainers.SelfTraining(new() { Threshold = 0, Rounds = 0 }), Throws.ArgumentException.With.Message.Contains("Threshold is 0").And.Message.Contains("Rounds is 0"));
        Assert.That(() => _ml.MulticlassClassification.Trainers.SelfTraining(new() { Trainer = new KNearestNeighboursOptions() }), Throws.ArgumentException.With.Message.Contains("KNearestNeighboursOptions").And.Message.Contains("LabelPropagation"));
        Assert.That(() => _ml.MulticlassClassification.Trainers.LabelPropagation(new() { K = 0, Alpha = 1 }), Throws.ArgumentException.With.Message.Contains("K is 0").And.Message.Contains("Alpha is 1"));
    }

    [Test]
    public void Fit_FeatureThatIsNoNumber_SaysWhichRow() =>
        Assert.That(() => Fit(new LabelPropagationOptions(), [("a", [1, 1]), ("b", [1, 2]), ("", [1, 3]), ("", [float.NaN, 1])]), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("row 2 of those without a label"));

    private static (string Label, float[] Features)[] Chains() =>
    [
        .. Enumerable.Range(0, Length).Select(i => (i == 0 ? "left" : "", Place(i, 0f))),
        .. Enumerable.Range(0, Length).Select(i => (i == Length - 1 ? "right" : "", Place(i, 1f))),
    ];

    // Two arcs, one within the other.
    private static float[] Place(int i, float outer) => [(3 + outer) * MathF.Cos(i * 0.08f), (3 + outer) * MathF.Sin(i * 0.08f)];

    private static IEnumerable<string> Truth() => Enumerable.Repeat("left", Length).Concat(Enumerable.Repeat("right", Length));

    private HeadTransformer Model(HeadOptions options, (string, float[])[] rows)
    {
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(View(rows)).Transform(View(rows));
        return new HeadEstimator(options, null).Fit(keyed);
    }

    private IDataView Fit(HeadOptions options, (string, float[])[] rows) => Model(options, rows).Transform(View(rows));

    private IDataView View((string Label, float[] Features)[] rows) =>
        _ml.Data.LoadFromEnumerable(rows.Select(row => new Row { Label = row.Label, Features = row.Features }).ToList());

    private List<string> Answers(IDataView scored) => [.. _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored).GetColumn<string>("PredictedLabel")];

    private double Right(IDataView scored, string[] truth) => Answers(scored).Zip(truth).Average(pair => pair.First == pair.Second ? 1.0 : 0);

    private static float[] Softmax(float[] logits)
    {
        var powers = Array.ConvertAll(logits, logit => Math.Exp(logit));
        return Array.ConvertAll(powers, power => (float)(power / powers.Sum()));
    }

    private sealed class Row
    {
        public string Label { get; set; } = "";

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
