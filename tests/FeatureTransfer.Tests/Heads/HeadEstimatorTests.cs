using FeatureTransfer.Heads;
using FeatureTransfer.Neighbours;
using FeatureTransfer.Tests.Conformance;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Heads;

/// <summary>The classifiers as trainers of ML.NET's.</summary>
public class HeadEstimatorTests
{
    private readonly MLContext _ml = new(1);

    private static IEnumerable<HeadOptions> All => [new KNearestNeighboursOptions(), new NearestCentroidOptions(), new NearestCentroidOptions { Metric = SimilarityMetric.Euclidean }, new RidgeClassifierOptions(), new LinearSvcOptions(), new LinearProbeOptions(), new SelfTrainingOptions(), new LabelPropagationOptions { Alpha = 0.5 }];

    // KNeighborsClassifier(7, metric=..., weights=..., algorithm='brute').predict_proba(T[:3]); here one vote more is split among the classes.
    [TestCase(SimilarityMetric.Cosine, NeighbourWeights.Uniform, 0.28571)]
    [TestCase(SimilarityMetric.Cosine, NeighbourWeights.Distance, 0.08358)]
    [TestCase(SimilarityMetric.Euclidean, NeighbourWeights.Uniform, 0.28571)]
    [TestCase(SimilarityMetric.Euclidean, NeighbourWeights.Distance, 0.17931)]
    public void KNearestNeighbours_Votes_AreThoseOfScikitLearn(SimilarityMetric metric, NeighbourWeights weights, double first)
    {
        var scores = Scores(new KNearestNeighboursOptions { K = 7, Metric = metric, Weights = weights });
        double[][] shares = [[1, 0, 0], [0, 1, 0], [first, 0, 1 - first]];
        Assert.That(scores.Take(3), Is.EqualTo(shares.Select(row => Array.ConvertAll(row, share => ((share * 7) + (1.0 / 3)) / 8))).Within(1e-3));
    }

    [Test]
    public void KNearestNeighbours_AgainstBruteForce_GivesTheSameVotes()
    {
        var scores = Scores(new KNearestNeighboursOptions { K = 5, Metric = SimilarityMetric.Euclidean, Weights = NeighbourWeights.Uniform });
        var train = HeadData.Vectors(HeadData.Train);
        for (var row = 0; row < HeadData.Test.Count; row++)
        {
            var query = HeadData.Test.Row(row).ToArray();
            var votes = train.Index().OrderBy(other => other.Item.Zip(query, (a, b) => (a - b) * (a - b)).Sum()).Take(5).CountBy(other => HeadData.Train.Labels[other.Index]).ToDictionary();
            Assert.That(scores[row], Is.EqualTo(Enumerable.Range(0, 3).Select(label => (votes.GetValueOrDefault(label) + (1.0 / 3)) / 6)).Within(1e-5));
        }
    }

    [Test]
    public void KNearestNeighbours_RowOfTheTraining_DecidesAlone()
    {
        var model = _ml.MulticlassClassification.Trainers.KNearestNeighbours(new() { K = 60 }).Fit(HeadData.View(HeadData.Train));
        var scores = Answers.Batch(model.Transform(HeadData.View(HeadData.Train)), "Score");
        Assert.That(scores.Select(row => Array.IndexOf(row, row.Max())), Is.EqualTo(HeadData.Train.Labels));
    }

    [TestCaseSource(nameof(All))]
    public void Fit_EvaluatedByMLNet_AnswersAndSumsToOne(HeadOptions options)
    {
        var scored = new HeadEstimator(options, null).Fit(HeadData.View(HeadData.Train)).Transform(HeadData.View(HeadData.Test));
        var metrics = _ml.MulticlassClassification.Evaluate(scored);
        Assert.That(metrics.MicroAccuracy, Is.GreaterThan(0.77));
        Assert.That(metrics.LogLoss, Is.LessThan(0.75), "probabilities mean something");
        Assert.That(Answers.Batch(scored, "Score").Select(row => row.Sum()), Is.All.EqualTo(1).Within(1e-5));
    }

    [TestCaseSource(nameof(All))]
    public void Fit_ClassWithoutRows_KeepsItsPlaceAndIsNeverTheAnswer(HeadOptions options)
    {
        var model = new HeadEstimator(options, null).Fit(HeadData.View(HeadData.Train, "a", "none", "b", "c"));
        var scored = model.Transform(HeadData.View(HeadData.Test, "a", "none", "b", "c"));
        VBuffer<ReadOnlyMemory<char>> slots = default;
        scored.Schema["Score"].GetSlotNames(ref slots);
        Assert.That(slots.DenseValues().Select(slot => slot.ToString()), Is.EqualTo(new[] { "a", "none", "b", "c" }).And.EqualTo(model.Model.Labels));
        Assert.That(Answers.Batch(scored, "Score").Select(row => Array.IndexOf(row, row.Max())), Has.None.EqualTo(1));
        Assert.That(_ml.MulticlassClassification.Evaluate(scored).MicroAccuracy, Is.GreaterThan(0.77));
    }

    [TestCaseSource(nameof(All))]
    public void Fit_OneRowAClass_Learns(HeadOptions options)
    {
        var model = new HeadEstimator(options, null).Fit(HeadData.View(HeadData.Train.Pick([0, 1, 2])));
        Assert.That(_ml.MulticlassClassification.Evaluate(model.Transform(HeadData.View(HeadData.Test))).MicroAccuracy, Is.GreaterThan(0.45));
        Assert.That(model.Model.Temperature, Is.EqualTo(1));
    }

    [TestCaseSource(nameof(All))]
    public void Options_Again_AreEqualAndValid(HeadOptions options)
    {
        Assert.That(options with { }, Is.EqualTo(options));
        Assert.That(() => new HeadEstimator(options with { FeatureColumnName = "Label" }, null), Throws.ArgumentException.With.Message.Contains(options.GetType().Name).And.Message.Contains("different"));
    }

    [Test]
    public void Options_SeveralFaults_AreAllNamed()
    {
        Assert.That(() => _ml.MulticlassClassification.Trainers.LinearSvc(new() { C = 0, Tolerance = double.NaN, MaximumNumberOfIterations = 0 }), Throws.ArgumentException.With.Message.Contains("C is 0").And.Message.Contains("Tolerance is NaN").And.Message.Contains("MaximumNumberOfIterations is 0"));
        Assert.That(() => _ml.MulticlassClassification.Trainers.LinearProbe(new() { L2Regularizations = [], Folds = 1 }), Throws.ArgumentException.With.Message.Contains("L2Regularizations is empty").And.Message.Contains("Folds is 1"));
        Assert.That(() => _ml.MulticlassClassification.Trainers.RidgeClassifier(new() { Alpha = -1 }), Throws.ArgumentException.With.Message.Contains("Alpha is -1"));
        Assert.That(() => _ml.MulticlassClassification.Trainers.KNearestNeighbours(new() { K = 0 }), Throws.ArgumentException.With.Message.Contains("K is 0"));
        Assert.That(() => _ml.MulticlassClassification.Trainers.NearestCentroid(new() { LogitsColumnName = "Score" }), Throws.ArgumentException.With.Message.Contains("neither Score nor PredictedLabel"));
    }

    [Test]
    public void Score_WithLogits_IsTheirSoftmax()
    {
        var scored = _ml.MulticlassClassification.Trainers.RidgeClassifier(new() { LogitsColumnName = "Logits" }).Fit(HeadData.View(HeadData.Train)).Transform(HeadData.View(HeadData.Test));
        var logits = Answers.Batch(scored, "Logits");
        Assert.That(Answers.Batch(scored, "Score")[4], Is.EqualTo(new TemperatureScaling(1, true).Apply(logits[4])).Within(1e-6));
    }

    [Test]
    public void Calibrate_Off_LeavesTheAnswersAndTheTemperature()
    {
        var plain = _ml.MulticlassClassification.Trainers.LinearSvc(new() { Calibrate = false }).Fit(HeadData.View(HeadData.Train));
        var calibrated = _ml.MulticlassClassification.Trainers.LinearSvc().Fit(HeadData.View(HeadData.Train));
        var test = HeadData.View(HeadData.Test);
        Assert.That((plain.Model.Temperature, calibrated.Model.Temperature), Is.EqualTo((1.0, 0.5)).Using<(double, double)>((a, b) => a.Item1 == b.Item1 && a.Item2 is > 0.05 and < 1));
        Assert.That(_ml.MulticlassClassification.Evaluate(calibrated.Transform(test)).MicroAccuracy, Is.EqualTo(_ml.MulticlassClassification.Evaluate(plain.Transform(test)).MicroAccuracy));
        Assert.That(_ml.MulticlassClassification.Evaluate(calibrated.Transform(test)).LogLoss, Is.LessThan(_ml.MulticlassClassification.Evaluate(plain.Transform(test)).LogLoss));
    }

    [Test]
    public void Fit_OneClassOrFeaturesThatAreNotFinite_SaysSo()
    {
        var trainer = _ml.MulticlassClassification.Trainers.RidgeClassifier();
        var one = new LabelledFeatures([1, 2, 3, 4, 5, 6, 7, 8], 4, [0, 0], 1);
        Assert.That(() => trainer.Fit(HeadData.View(one)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'Label' has 2 rows of 1 class."));
        var broken = new LabelledFeatures([1, 2, 3, 4, 5, 6, float.NaN, 8], 4, [0, 1], 2);
        Assert.That(() => trainer.Fit(HeadData.View(broken)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("NaN in row 2").And.Message.Contains("ReplaceMissingValues"));
    }

    [TestCaseSource(nameof(All))]
    public void Fit_Cancelled_Stops(HeadOptions options) => Assert.That(
        () => new HeadEstimator(options, FeatureTransferServices.Default with { Cancellation = new CancellationToken(canceled: true) }).Fit(HeadData.View(HeadData.Train)), Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void Folds_OfClassesWithFewRows_LeaveEachClassToLearnFrom()
    {
        var rows = HeadData.Rows(20, 3).Pick([0, 1, 4, 2, 5, 8, 11, 14, 17]);
        var folds = HeldOut.Folds(rows, 3, 1);
        Assert.That(folds, Has.Count.EqualTo(3));
        Assert.That(folds.Select(fold => fold.Train.Labels.Distinct().Count()), Is.All.EqualTo(3));
        Assert.That(folds.Sum(fold => fold.Test.Count), Is.EqualTo(8), "the row that is alone in its class is never held out");
    }

    private float[][] Scores(KNearestNeighboursOptions options) =>
        Answers.Batch(_ml.MulticlassClassification.Trainers.KNearestNeighbours(options).Fit(HeadData.View(HeadData.Train)).Transform(HeadData.View(HeadData.Test)), "Score");
}
