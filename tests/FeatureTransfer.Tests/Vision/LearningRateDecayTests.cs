using FeatureTransfer.Vision;

namespace FeatureTransfer.Tests.Vision;

/// <summary>The learning rates by their closed forms, which are TensorFlow's <c>exponential_decay</c> and <c>polynomial_decay</c>.</summary>
public class LearningRateDecayTests
{
    private const int Steps = 10, Batch = 32;

    [TestCase(0, 0.01)]
    [TestCase(19, 0.01)]
    [TestCase(20, 0.0094)]
    [TestCase(39, 0.0094)]
    [TestCase(40, 0.008836)]
    public void RateAt_Defaults_FallsByTheFactorEverySecondEpoch(long step, double expected) =>
        Assert.That(new LearningRateDecay().RateAt(step, Steps, Batch), Is.EqualTo(expected).Within(1e-12));

    [TestCase(10, 1, 0.04)]
    [TestCase(5, 1, 0.05656854249)]
    [TestCase(5, 0.5, 0.04)]
    public void RateAt_NoStaircase_FallsFromStepToStep(long step, double epochs, double expected) =>
        Assert.That(new LearningRateDecay { LearningRate = 0.08, DecayRate = 0.5, NumEpochsPerDecay = epochs, Staircase = false }.RateAt(step, Steps, Batch), Is.EqualTo(expected).Within(1e-9));

    [TestCase(0, 1, 0.1)]
    [TestCase(20, 1, 0.06)]
    [TestCase(20, 2, 0.04)]
    [TestCase(40, 2, 0.02)]
    [TestCase(60, 2, 0.02)]
    public void RateAt_Polynomial_EndsLevel(long step, double power, double expected) =>
        Assert.That(Polynomial(power, false).RateAt(step, Steps, Batch), Is.EqualTo(expected).Within(1e-12));

    // Once over, the course is twice as long, and the rate is that of its second half.
    [TestCase(40, 0.02)]
    [TestCase(41, 0.02 + (0.08 * (1 - (41 / 80.0))))]
    [TestCase(80, 0.02)]
    [TestCase(81, 0.02 + (0.08 * (1 - (81 / 120.0))))]
    public void RateAt_PolynomialInCycles_RisesAgain(long step, double expected) =>
        Assert.That(Polynomial(1, true).RateAt(step, Steps, Batch), Is.EqualTo(expected).Within(1e-12));

    [TestCase(0, 1)]
    [TestCase(90, 1)]
    [TestCase(91, 0.1)]
    [TestCase(136, 0.01)]
    [TestCase(200, 0.0001)]
    public void RateAt_LinearScaling_IsScaledToTheBatchAndFallsAtTheMilestones(int epoch, double factor)
    {
        var decay = new LearningRateDecay { Kind = LearningRateDecayKind.LinearScaling, LearningRate = 0.1 };
        Assert.That(decay.RateAt((long)epoch * Steps, Steps, Batch), Is.EqualTo(0.1 * Batch / 128 * factor).Within(1e-12));
    }

    private static LearningRateDecay Polynomial(double power, bool cycle) =>
        new() { Kind = LearningRateDecayKind.Polynomial, LearningRate = 0.1, EndLearningRate = 0.02, NumEpochsPerDecay = 4, Power = power, Cycle = cycle };
}
