using Microsoft.ML.Trainers;

namespace Engine.Tests.Trainers.LearningRates;

/// <summary>Rates against their formulas.</summary>
[TestFixture]
public class LearningRateSchedulerTests
{
    private const float Exact = 1e-7f;

    // Ten batches an epoch, a decay every 20 batches.
    [TestCase(0, 0, 0.01)]
    [TestCase(1, 9, 0.01)]
    [TestCase(2, 0, 0.0094)]
    [TestCase(3, 9, 0.0094)]
    [TestCase(4, 0, 0.008836)]
    [TestCase(100, 3, 0.01 * 4.533e-2)]
    public void Exponential_Staircase_FallsInSteps(int epoch, int batch, double expected) =>
        Assert.That(new ExponentialLRDecay().GetLearningRate(new(epoch, batch, 10, 10)), Is.EqualTo(expected).Within(1e-4 * expected));

    [Test]
    public void Exponential_WithoutStaircase_FallsFromBatchToBatch()
    {
        var decay = new ExponentialLRDecay(0.5f, numEpochsPerDecay: 1, decayRate: 0.25f, staircase: false);

        Assert.That(decay.GetLearningRate(new(0, 5, 32, 10)), Is.EqualTo(0.25).Within(Exact), "half a decay is the factor's root");
        Assert.That((decay.GlobalStep, decay.DecaySteps), Is.EqualTo((5, 10)));
    }

    [Test]
    public void Exponential_DecayWithinABatch_IsOneBatchAtLeast() =>
        Assert.That(new ExponentialLRDecay(1, numEpochsPerDecay: 0.1f, decayRate: 0.5f).GetLearningRate(new(2, 0, 10, 1)), Is.EqualTo(0.25).Within(Exact));

    [TestCase(0, 1, 1.0)]
    [TestCase(1, 1, 0.55)]
    [TestCase(1, 2, 0.1 + (0.9 * 0.25))]
    [TestCase(2, 1, 0.1)]
    [TestCase(7, 1, 0.1)]
    public void Polynomial_WithoutCycle_EndsLevel(int epoch, float power, double expected) =>
        Assert.That(new PolynomialLRDecay(1, 2, 0.1f, power).GetLearningRate(new(epoch, 0, 10, 4)), Is.EqualTo(expected).Within(1e-6));

    // The course of 2 epochs is stretched to 4 after it, to 6 after that.
    [TestCase(2, 0.1)]
    [TestCase(3, 0.1 + (0.9 * 0.25))]
    [TestCase(5, 0.1 + (0.9 / 6))]
    public void Polynomial_WithCycle_RisesAgain(int epoch, double expected) =>
        Assert.That(new PolynomialLRDecay(1, 2, 0.1f, 1, cycle: true).GetLearningRate(new(epoch, 0, 10, 4)), Is.EqualTo(expected).Within(1e-6));

    [TestCase(0, 1.0)]
    [TestCase(90, 1.0)]
    [TestCase(91, 0.1)]
    [TestCase(136, 0.01)]
    [TestCase(182, 0.0001)]
    public void LinearScaling_UsualSchedule_HasFourStages(int epoch, double factor) =>
        Assert.That(new LsrDecay().GetLearningRate(new(epoch, 0, 64, 10)), Is.EqualTo(0.05 * factor).Within(1e-4 * 0.05 * factor));

    [Test]
    public void LinearScaling_OwnSchedule_TakesTheFirstThatHasCome()
    {
        var decay = new LsrDecay([new(5, 0.5f), new(2, 0.75f)], 0.128f);

        Assert.That(new[] { 0, 2, 4, 5, 9 }.Select(epoch => decay.GetLearningRate(new(epoch, 0, 1, 10))), Is.EqualTo(new[] { 0.001, 0.00075, 0.00075, 0.0005, 0.0005 }).Within(1e-9));
    }
}
