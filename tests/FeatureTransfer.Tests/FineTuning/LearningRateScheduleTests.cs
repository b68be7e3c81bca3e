using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Tests.FineTuning;

public class LearningRateScheduleTests
{
    [Test]
    public void Factor_Constant_StaysAfterWarmUp() =>
        Assert.That(Factors(new() { Kind = ScheduleKind.Constant, WarmUpEpochs = 1 }, 3, 4), Is.EqualTo(new[] { 0.2, 0.4, 0.6, 0.8, 1, 1, 1, 1, 1, 1, 1, 1 }).Within(1e-9));

    [Test]
    public void Factor_Step_FallsEveryFewEpochs() =>
        Assert.That(Factors(new() { Kind = ScheduleKind.Step, WarmUpEpochs = 0, StepEpochs = 2, StepFactor = 0.5 }, 5, 1), Is.EqualTo(new[] { 1, 1, 0.5, 0.5, 0.25 }).Within(1e-9));

    [Test]
    public void Factor_Cosine_GoesFromOneToTheEnd()
    {
        var factors = Factors(new() { WarmUpEpochs = 0, FinalFactor = 0.1 }, 5, 1);
        Assert.That(factors, Is.Ordered.Descending);
        Assert.That((factors[0], factors[2], factors[4]), Is.EqualTo((1.0, 0.55, 0.1)).Using<(double, double, double)>((a, b) =>
            Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) + Math.Abs(a.Item3 - b.Item3) < 1e-9));
    }

    [Test]
    public void Factor_OneCycle_RisesToOneAndFalls()
    {
        var factors = Factors(new() { Kind = ScheduleKind.OneCycle, InitialFactor = 0.04, FinalFactor = 0.001, RisingShare = 0.25 }, 41, 1);
        Assert.Multiple(() =>
        {
            Assert.That(factors[0], Is.EqualTo(0.04).Within(1e-9));
            Assert.That(factors[10], Is.EqualTo(1).Within(1e-9));
            Assert.That(factors[40], Is.EqualTo(0.001).Within(1e-9));
            Assert.That(factors[..11], Is.Ordered.Ascending);
            Assert.That(factors[10..], Is.Ordered.Descending);
        });
    }

    [Test]
    public void Factor_LongWarmUp_LeavesHalfOfThePhase() =>
        Assert.That(Factors(new() { Kind = ScheduleKind.Constant, WarmUpEpochs = 10 }, 2, 2), Is.EqualTo(new[] { 1 / 3.0, 2 / 3.0, 1, 1 }).Within(1e-9));

    [Test]
    public void Factor_AnyCourse_StaysWithinZeroAndOne([Values] ScheduleKind kind, [Values(1, 2, 7)] int epochs, [Values(1, 3)] int steps) =>
        Assert.That(Factors(new() { Kind = kind }, epochs, steps), Is.All.InRange(1e-6, 1));

    [Test]
    public void Factor_CosineAfterWarmUp_TakesTheStepsThatAreLeft() =>
        Assert.That(Factors(new() { WarmUpEpochs = 1, FinalFactor = 0.1 }, 3, 2), Is.EqualTo(new[] { 1 / 3.0, 2 / 3.0, 1, 0.775, 0.325, 0.1 }).Within(1e-9));

    [Test]
    public void Factor_StepWithSeveralStepsAnEpoch_FallsByEpochs() =>
        Assert.That(Factors(new() { Kind = ScheduleKind.Step, WarmUpEpochs = 0, StepEpochs = 2, StepFactor = 0.1 }, 3, 2), Is.EqualTo(new[] { 1, 1, 1, 1, 0.1, 0.1 }).Within(1e-9));

    [Test]
    public void Factor_OneCycle_HasNoOtherWarmUp()
    {
        var options = new ScheduleOptions { Kind = ScheduleKind.OneCycle, WarmUpEpochs = 2, InitialFactor = 0.2, FinalFactor = 0.1, RisingShare = 0.5 };
        Assert.That(Factors(options, 5, 1), Is.EqualTo(new[] { 0.2, 0.6, 1, 0.55, 0.1 }).Within(1e-9));
        Assert.That(Factors(options with { RisingShare = 1 }, 3, 1), Is.EqualTo(new[] { 0.2, 0.6, 1 }).Within(1e-9));
        Assert.That(Factors(options with { RisingShare = 0 }, 3, 1), Is.EqualTo(new[] { 1, 0.55, 0.1 }).Within(1e-9));
    }

    [TestCase(0, 3)]
    [TestCase(1, 1)]
    [TestCase(3, 2)]
    public void Factor_BehindTheEnd_IsTheFinalOne(int epochs, int steps)
    {
        var schedule = new LearningRateSchedule(new() { WarmUpEpochs = 0, FinalFactor = 0.1 }, epochs, steps);
        Assert.That((schedule.Factor(0), schedule.Factor(1000)), Is.EqualTo((1.0, 0.1)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-9));
    }

    private static double[] Factors(ScheduleOptions options, int epochs, int steps)
    {
        var schedule = new LearningRateSchedule(options, epochs, steps);
        return [.. Enumerable.Range(0, epochs * steps).Select(step => schedule.Factor(step))];
    }
}
