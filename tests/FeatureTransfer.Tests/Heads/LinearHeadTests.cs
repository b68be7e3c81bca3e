using FeatureTransfer.Heads;
using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Tests.Heads;

/// <summary>The linear classifiers against scikit-learn's figures and against what has to hold at a minimum.</summary>
public class LinearHeadTests
{
    // RidgeClassifier(alpha=2).
    [Test]
    public void Ridge_OverFeatures_IsThatOfScikitLearn()
    {
        var learned = HeadData.Learn(new RidgeClassifierOptions { Alpha = 2 });
        AssertWeights(
            learned,
            [0.53435, -0.17118, -0.19824, 0.45711, -0.07638, 0.48641, -0.48672, -0.46766, -0.45796, -0.31523, 0.68496, 0.01055],
            [-0.54353, -0.05757, -0.3989]);
        Assert.That(HeadData.Accuracy(learned), Is.EqualTo(0.82667).Within(1e-5));
    }

    // The same on the first three rows: with fewer rows than features the other Gram matrix is taken.
    [Test]
    public void Ridge_OverRows_IsThatOfScikitLearn() => AssertWeights(
        (LinearDecision)new RidgeClassifierOptions { Alpha = 2 }.Learn(HeadData.Train.Pick([0, 1, 2]), default),
        [0.44685, -0.27373, -0.12223, 0.18889, -0.14803, 0.47646, -0.28419, -0.01907, -0.29882, -0.20273, 0.40642, -0.16982],
        [-0.29615, -0.14011, -0.56375]);

    // LinearSVC(C=0.5, loss=..., dual=True, tol=1e-8, max_iter=200000, random_state=0), whose bias is regularised as well.
    [Test]
    public void LinearSvc_Hinge_IsThatOfScikitLearn() => AssertWeights(
        HeadData.Learn(new LinearSvcOptions { C = 0.5, Loss = MarginLoss.Hinge, Tolerance = 1e-8, MaximumNumberOfIterations = 200_000 }),
        [1.27027, -0.70505, -0.64906, 0.65743, -0.24357, 1.1478, -0.97291, -1.02155, -1.04154, -0.86576, 1.18833, -0.16241],
        [-1.05144, -0.1823, -0.55495]);

    [Test]
    public void LinearSvc_SquaredHinge_IsThatOfScikitLearn() => AssertWeights(
        HeadData.Learn(new LinearSvcOptions { C = 0.5, Tolerance = 1e-8, MaximumNumberOfIterations = 200_000 }),
        [0.96593, -0.4458, -0.33633, 0.66002, -0.2963, 0.8174, -0.75142, -0.64818, -0.83399, -0.49339, 1.1429, 0.06062],
        [-0.8889, 0.0225, -0.59564]);

    [Test]
    public void DualCoordinateDescent_AtItsEnd_SatisfiesKarushKuhnTucker()
    {
        var options = new LinearSvcOptions { C = 0.3, Loss = MarginLoss.Hinge, Tolerance = 1e-6, MaximumNumberOfIterations = 100_000 };
        var vectors = HeadData.Vectors(HeadData.Train).Select(row => Array.ConvertAll(row, value => (double)value)).ToArray();
        var signs = Array.ConvertAll(HeadData.Train.Labels, label => label == 1 ? 1.0 : -1.0);
        var (weights, bias, dual) = new DualCoordinateDescent(vectors, signs, options).Run(default);
        Assert.That(weights, Is.EqualTo(Enumerable.Range(0, 4).Select(j => Enumerable.Range(0, 60).Sum(i => dual[i] * signs[i] * vectors[i][j]))).Within(1e-9), "stationarity");
        for (var row = 0; row < vectors.Length; row++)
        {
            var margin = signs[row] * (weights.Zip(vectors[row], (weight, value) => weight * value).Sum() + bias);
            Assert.That(dual[row], Is.InRange(0, 0.3));
            if (dual[row] < 0.3)
                Assert.That(margin, Is.GreaterThan(1 - 1e-5), "only rows within the margin are at the bound");
            if (dual[row] > 0)
                Assert.That(margin, Is.LessThan(1 + 1e-5), "rows beyond the margin count for nothing");
        }
    }

    // LogisticRegression(C=1/l2, tol=1e-8, max_iter=10000); biases count up to a constant.
    [TestCase(10, new[] { 0.57787, -0.25347, -0.22703, 0.53373, -0.13757, 0.51856, -0.35846, -0.45304, -0.4403, -0.26509, 0.58549, -0.08069 }, new[] { -0.30367, 0.2658, 0.03787 })]
    [TestCase(0.1, new[] { 2.88384, -1.0677, -0.77075, 1.98796, -0.78092, 1.88117, -1.79941, -1.79941, -2.10293, -0.81347, 2.57016, -0.18855 }, new[] { -1.61813, 1.7112, -0.09307 })]
    public void LinearProbe_OneRegularization_IsLogisticRegressionOfScikitLearn(double l2, double[] weights, double[] biases)
    {
        var learned = HeadData.Learn(new LinearProbeOptions { L2Regularizations = [l2], Tolerance = 1e-7 });
        Assert.That(learned.Weights, Is.EqualTo(weights).Within(2e-3));
        Assert.That(learned.Biases.Select(bias => bias - learned.Biases.Average()), Is.EqualTo(biases).Within(2e-3));
    }

    // LogisticRegression(C=0.5, tol=1e-10, max_iter=10000) on the first three rows: with fewer rows than features they are learned by their coordinates.
    [Test]
    public void LinearProbe_FewerRowsThanFeatures_IsThatOfScikitLearn()
    {
        var learned = (LinearDecision)new LinearProbeOptions { L2Regularizations = [2], Tolerance = 1e-7 }.Learn(HeadData.Train.Pick([0, 1, 2]), default);
        Assert.That(learned.Weights, Is.EqualTo(new[] { 0.35113, -0.19083, -0.11647, 0.15116, -0.09952, 0.33024, -0.19942, -0.01170, -0.25161, -0.13941, 0.31589, -0.13947 }).Within(1e-3));
        Assert.That(learned.Biases.Select(bias => bias - learned.Biases.Average()), Is.EqualTo(new[] { 0.03250, 0.15980, -0.19230 }).Within(1e-3));
    }

    [Test]
    public void LinearProbe_Grid_TakesTheLeastLossOnHeldOutRows()
    {
        var options = new LinearProbeOptions { Folds = 4, Seed = 5 };
        var losses = options.L2Regularizations.ToDictionary(l2 => l2, l2 => HeldOut.Folds(HeadData.Train, 4, 5).Sum(fold => SoftmaxObjective.LogLoss((LinearDecision)new LinearProbeOptions { L2Regularizations = [l2] }.Learn(fold.Train, default), fold.Test)));
        Assert.That(HeadData.Learn(options).L2Regularization, Is.EqualTo(losses.MinBy(pair => pair.Value).Key));
    }

    [Test]
    public void LinearProbe_OneRowAClass_TakesTheMiddleOfTheGrid() =>
        Assert.That(((LinearDecision)new LinearProbeOptions { L2Regularizations = [0.1, 10, 1, 100] }.Learn(HeadData.Train.Pick([0, 1, 2]), default)).L2Regularization, Is.EqualTo(10));

    // NearestCentroid().
    [Test]
    public void NearestCentroid_Euclidean_AnswersAsScikitLearn()
    {
        var learned = HeadData.Learn(new NearestCentroidOptions { Metric = SimilarityMetric.Euclidean });
        var answers = Enumerable.Range(0, 20).Select(row => learned.Logits(HeadData.Test.Row(row))).Select(logits => Array.IndexOf(logits, logits.Max()));
        Assert.That(answers, Is.EqualTo(new[] { 0, 1, 2, 0, 1, 2, 0, 1, 1, 2, 0, 2, 0, 1, 1, 0, 1, 1, 0, 1 }));
        Assert.That(HeadData.Accuracy(learned), Is.EqualTo(0.84333).Within(1e-5));
    }

    [Test]
    public void NearestCentroid_Cosine_IsTenTimesTheCosine()
    {
        var learned = HeadData.Learn(new NearestCentroidOptions());
        var units = HeadData.Vectors(HeadData.Train).Select(Unit).ToList();
        var row = HeadData.Test.Row(7).ToArray();
        var expected = Enumerable.Range(0, 3).Select(label => Unit([.. Enumerable.Range(0, 4).Select(j => units.Where((_, i) => i % 3 == label).Average(unit => unit[j]))]).Zip(Unit(row), (a, b) => a * b).Sum() * 10);
        Assert.That(learned.Logits(row), Is.EqualTo(expected).Within(1e-4));
    }

    private static float[] Unit(float[] row) => Array.ConvertAll(row, value => value / MathF.Sqrt(row.Sum(other => other * other)));

    private static void AssertWeights(LinearDecision learned, double[] weights, double[] biases)
    {
        Assert.That(learned.Weights, Is.EqualTo(weights).Within(1e-4));
        Assert.That(learned.Biases, Is.EqualTo(biases).Within(1e-4));
    }
}
