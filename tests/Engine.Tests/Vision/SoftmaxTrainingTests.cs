using Microsoft.ML.Trainers;
using Microsoft.ML.Vision;
using Dataset = Microsoft.ML.Vision.ImageClassificationTrainer.ImageClassificationMetrics.Dataset;
using Options = Microsoft.ML.Vision.ImageClassificationTrainer.Options;
using TrainMetrics = Microsoft.ML.Vision.ImageClassificationTrainer.TrainMetrics;

namespace Engine.Tests.Vision;

[TestFixture]
public class SoftmaxTrainingTests
{
    [Test]
    public void Run_TwoEpochs_AreThoseOfPlainSteps()
    {
        var set = new BottleneckSet([[1, 0], [0, 1], [1, 1]], [0, 1, 1]);
        var expected = new SoftmaxLayer(2, 2, [0, 0, 0, 0], [0, 0]);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            expected.Step([1, 0, 0, 1], [0, 1], 0.1f);
            expected.Step([1, 1], [1], 0.1f);
        }

        var (layer, told) = Train(new() { BatchSize = 2, Epoch = 2, LearningRate = 0.1f, LearningRateScheduler = null }, set, null);

        Assert.That(layer.Weights, Is.EqualTo(expected.Weights));
        Assert.That(layer.Biases, Is.EqualTo(expected.Biases));
        Assert.That(told.Select(m => (m.DatasetUsed, m.Epoch, m.BatchProcessedCount, m.LearningRate)), Is.EqualTo(new[] { (Dataset.Train, 0, 2, 0.1f), (Dataset.Train, 1, 2, 0.1f) }));
    }

    [Test]
    public void Run_FirstEpoch_TellsMeansOverBatchesBeforeEachStep()
    {
        var (_, told) = Train(new() { BatchSize = 2, Epoch = 1, LearningRate = 1e-12f, LearningRateScheduler = null }, new([[1], [1], [1]], [0, 0, 1]), null);

        // No step moves anything: class 0 is taken for all, so the batches have 1 and 0 right.
        Assert.That(told.Single().Accuracy, Is.EqualTo(0.5f));
        Assert.That(told.Single().CrossEntropy, Is.EqualTo(MathF.Log(2)).Within(1e-6));
    }

    [Test]
    public void Run_Scheduler_GivesTheRateOfTheLastBatch()
    {
        var options = new Options { BatchSize = 1, Epoch = 2, LearningRateScheduler = new PolynomialLRDecay(1, 1, 0, 1), LearningRate = 7 };
        var (_, told) = Train(options, new([[1], [1]], [0, 1]), new([[1]], [0]));

        // Two batches an epoch and a course of one epoch: 1 and 1/2, then 0.
        Assert.That(told.Select(m => (m.DatasetUsed, m.LearningRate)), Is.EqualTo(new[] { (Dataset.Train, 0.5f), (Dataset.Validation, 7f), (Dataset.Train, 0f), (Dataset.Validation, 7f) }));
    }

    [Test]
    public void Run_FewerRowsThanABatch_LearnsAllTheSame()
    {
        var (layer, _) = Train(new() { BatchSize = 10, Epoch = 30, LearningRateScheduler = new ExponentialLRDecay(1) }, new([[1], [-1]], [0, 1]), null);

        Assert.That(layer.Judge([1, -1], [0, 1]).Accuracy, Is.EqualTo(1));
    }

    [Test]
    public void Run_ValidationThatNoLongerGains_EndsEarly()
    {
        var options = new Options { BatchSize = 2, Epoch = 50, EarlyStoppingCriteria = new(patience: 3), TestOnTrainSet = false };
        var set = new BottleneckSet([[1], [-1]], [0, 1]);
        var told = Train(options, set, set).Told;

        // All right from the first epoch on, so three more bring nothing.
        Assert.That(told.Select(m => (m.DatasetUsed, m.Epoch)), Is.EqualTo(Enumerable.Range(0, 4).Select(epoch => (Dataset.Validation, epoch))));
    }

    [Test]
    public void Run_RateFarTooHigh_SaysToLowerIt() => Assert.That(
        () => Train(new() { BatchSize = 1, LearningRate = 1e30f, LearningRateScheduler = null }, new([[1e20f], [-1e20f], [1e10f]], [0, 1, 1]), null),
        Throws.InvalidOperationException.With.Message.Contains("Lower the learning rate"));

    [Test]
    public void Split_AThird_KeepsRowsWithTheirLabels()
    {
        var set = new BottleneckSet([.. Enumerable.Range(0, 9).Select(i => new float[] { i })], [.. Enumerable.Range(0, 9)]);

        var (first, rest) = set.Split(3, new Random(5));

        Assert.That((first.Count, rest.Count), Is.EqualTo((3, 6)));
        Assert.That(first.Labels.Concat(rest.Labels), Is.EquivalentTo(Enumerable.Range(0, 9)).And.Not.Ordered);
        Assert.That(first.Rows.Concat(rest.Rows).Select(row => (int)row[0]), Is.EqualTo(first.Labels.Concat(rest.Labels)));
    }

    private static (SoftmaxLayer Layer, List<TrainMetrics> Told) Train(Options options, BottleneckSet train, BottleneckSet? validation)
    {
        var (layer, told) = (new SoftmaxLayer(2, train.Features, new float[2 * train.Features], new float[2]), new List<TrainMetrics>());
        new SoftmaxTraining(options, metrics => told.Add(metrics.Train!)).Run(layer, train, validation);
        return (layer, told);
    }
}
