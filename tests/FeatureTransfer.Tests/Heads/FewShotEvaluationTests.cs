using FeatureTransfer.Heads;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Heads;

public class FewShotEvaluationTests
{
    private readonly MLContext _ml = new(1);

    private IEstimator<ITransformer> Centroid => _ml.MulticlassClassification.Trainers.NearestCentroid();

    [Test]
    public void Run_MoreLabels_LearnMore()
    {
        var results = FewShotEvaluation.Run(HeadData.View(HeadData.Test), Centroid, new() { Repeats = 10 });
        Assert.That(results.Select(result => result.Shots), Is.EqualTo(new[] { 1, 2, 4, 8, 16 }));
        Assert.That(results.Select(result => result.Mean), Is.Ordered);
        Assert.That(results[^1].Mean, Is.EqualTo(0.82).Within(0.05));
        Assert.That(results.Select(result => result.HalfWidth), Is.All.InRange(0.001, 0.1));
    }

    [Test]
    public void Run_AnyTrainerTwice_GivesTheSame()
    {
        var trainer = _ml.Transforms.NormalizeMeanVariance("Features").Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new Microsoft.ML.Trainers.LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }));
        var options = new FewShotOptions { Shots = [2, 4], Repeats = 2 };
        var first = FewShotEvaluation.Run(HeadData.View(HeadData.Test), trainer, options);
        Assert.That(FewShotEvaluation.Run(HeadData.View(HeadData.Test), trainer, options), Is.EqualTo(first));
    }

    [Test]
    public void Run_TooFewRows_NamesTheClass() => Assert.That(
        () => FewShotEvaluation.Run(HeadData.View(HeadData.Train.Pick([0, 1, 2, 3, 4])), Centroid, new() { Shots = [1] }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'c' has 1 row.").And.Message.Contains("at least 2"));

    [Test]
    public void Run_OptionsOutOfRange_NamesAll() => Assert.That(
        () => FewShotEvaluation.Run(HeadData.View(HeadData.Train), Centroid, new() { Shots = [0], Repeats = 1 }), Throws.ArgumentException.With.Message.Contains("Shots is [0]").And.Message.Contains("Repeats is 1"));

    // Five draws: mean 0.5, standard deviation 0.158114, t = 2.776.
    [Test]
    public void HalfWidth_OfKnownDraws_IsStudents() =>
        Assert.That(new FewShotResult(1, [0.3, 0.4, 0.5, 0.6, 0.7]).HalfWidth, Is.EqualTo(2.776 * 0.158114 / Math.Sqrt(5)).Within(1e-5));
}
