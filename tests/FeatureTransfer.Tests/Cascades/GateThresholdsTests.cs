using FeatureTransfer.Cascades;

namespace FeatureTransfer.Tests.Cascades;

public class GateThresholdsTests
{
    private static readonly double[] _confidences = [0.9, 0.8, 0.7, 0.6, 0.5];

    [Test]
    public void Cheap_NoLossAllowed_GoesDownToTheLastRowWithoutOne() =>
        Assert.That(GateThresholds.Cheap(_confidences, [true, true, false, true, false], [true, true, true, false, true], 0, 0), Is.EqualTo(0.6), "what is lost at 0.7 is won back at 0.6");

    [Test]
    public void Cheap_LossAllowed_LetsMoreRowsBeAnsweredCheaply() =>
        Assert.That(GateThresholds.Cheap(_confidences, [true, true, false, false, false], [true, true, true, true, true], 0.2, 0), Is.EqualTo(0.7));

    [Test]
    public void Cheap_AccuracyWanted_KeepsTheCheapModelFromSpoilingIt() =>
        Assert.That(GateThresholds.Cheap(_confidences, [true, true, false, true, false], [true, true, true, false, true], 1, 0.9), Is.EqualTo(0.8));

    [Test]
    public void Cheap_AccuracyMetToARow_IsEnough() =>
        Assert.That(GateThresholds.Cheap(_confidences, [true, true, false, true, false], [true, true, true, true, true], 1, 0.75), Is.EqualTo(0.6));

    [Test]
    public void Cheap_ModelThatIsNeverRight_NeverAnswers() =>
        Assert.That(GateThresholds.Cheap(_confidences, [false, false, false, false, false], [true, true, true, true, true], 0, 0), Is.EqualTo(GateThresholds.Never));

    [Test]
    public void Cheap_RowsOfOneConfidence_StandOrFallTogether() =>
        Assert.That(GateThresholds.Cheap([0.9, 0.8, 0.8], [true, true, false], [true, true, true], 0, 0), Is.EqualTo(0.9));

    [Test]
    public void Costly_AccuracyWanted_LeavesTheFewestRowsToAPerson() =>
        Assert.That(GateThresholds.Costly(_confidences, [true, true, false, true, false], 5, 5, 0.85), Is.EqualTo(0.6));

    [Test]
    public void Costly_CheapAnswersSpoilIt_LeavesAllRowsToAPerson() =>
        Assert.That(GateThresholds.Costly(_confidences, [true, true, true, true, true], 10, 0, 0.9), Is.EqualTo(GateThresholds.Never));
}
