using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Tests.Inputs.Audio;

public class AudioAugmentationTests
{
    private static readonly float[] _tone = TestAudio.Sine(300, 16000, 16000);

    private static float[] Apply(AudioOperation operation, ulong seed = 1)
    {
        var samples = _tone.ToArray();
        AudioAugmentationPlan.Of(operation).Apply(samples, seed);
        return samples;
    }

    private static double Power(IEnumerable<float> samples) => samples.Average(sample => (double)sample * sample);

    [Test]
    public void Defaults_AreTheDocumentedOnes() => Assert.Multiple(() =>
    {
        Assert.That((new Noise().MinSignalToNoise, new Noise().MaxSignalToNoise, new Noise().Probability), Is.EqualTo((10.0, 30.0, 0.5)));
        Assert.That((new Gain().Decibels, new Gain().Probability), Is.EqualTo((6.0, 1.0)));
        Assert.That((new Shift().Share, new Shift().Probability), Is.EqualTo((0.1, 1.0)));
        Assert.That(AudioAugmentationPlan.None.IsEmpty);
    });

    [Test]
    public void Noise_OfOneRatio_HasThatPowerBelowTheSignal()
    {
        var noisy = Apply(new Noise { MinSignalToNoise = 20, MaxSignalToNoise = 20, Probability = 1 });
        Assert.That(10 * Math.Log10(Power(_tone) / Power(noisy.Zip(_tone, (a, b) => a - b))), Is.EqualTo(20).Within(0.2));
    }

    [Test]
    public void Gain_MultipliesEverySampleByOneFactorInRange()
    {
        var factors = Enumerable.Range(1, 50).Select(seed => Apply(new Gain { Decibels = 6 }, (ulong)seed)).Select(samples => (double)samples[10] / _tone[10]).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(factors, Has.All.InRange(0.501, 1.996));
            Assert.That((factors.Min(), factors.Max()), Is.EqualTo((0.53, 1.9)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 0.1 && Math.Abs(a.Item2 - b.Item2) < 0.15));
            Assert.That(Apply(new Gain(), 3).Zip(_tone, (a, b) => a - (factors[2] * b)).Max(Math.Abs), Is.LessThan(1e-5));
        });
    }

    [Test]
    public void Shift_MovesAndFillsWithSilence()
    {
        var moves = new List<int>();
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var samples = Enumerable.Range(1, 100).Select(i => (float)i).ToArray();
            AudioAugmentationPlan.Of(new Shift { Share = 0.25 }).Apply(samples, seed);
            var move = samples[0] == 0 ? samples.Count(sample => sample == 0) : 1 - (int)samples[0];
            Assert.That(samples, Is.EqualTo(Enumerable.Range(1, 100).Select(i => i - move is >= 1 and <= 100 and var from ? from : 0)));
            moves.Add(move);
        }

        Assert.That(moves, Has.All.InRange(-25, 25).And.Some.LessThan(-10).And.Some.GreaterThan(10));
    }

    private static IEnumerable<AudioOperation> Operations() => [new Noise { Probability = 1 }, new Gain(), new Shift()];

    [TestCaseSource(nameof(Operations))]
    public void Apply_OfASeed_IsTheSameAgainAndAnotherOfAnother(AudioOperation operation)
    {
        var once = Apply(operation, 5);
        Assert.Multiple(() =>
        {
            Assert.That(Apply(operation, 5), Is.EqualTo(once));
            Assert.That(Apply(operation, 6), Is.Not.EqualTo(once));
        });
    }

    [TestCaseSource(nameof(Operations))]
    public void Apply_ToSilence_LeavesSilence(AudioOperation operation)
    {
        var samples = new float[100];
        AudioAugmentationPlan.Of(operation).Apply(samples, 1);
        Assert.That(samples, Is.EqualTo(new float[100]));
    }

    [Test]
    public void Apply_OfProbabilityZero_ChangesNothing()
    {
        AudioOperation[] never = [new Noise { Probability = 0 }, new Gain { Probability = 0 }, new Shift { Probability = 0 }];
        Assert.That(never.Select(operation => Apply(operation)), Is.All.EqualTo(_tone));
    }

    [Test]
    public void Apply_OneMoreOperation_LeavesThoseBeforeItAsTheyWere()
    {
        var one = _tone.ToArray();
        var two = _tone.ToArray();
        AudioAugmentationPlan.Of(new Noise { Probability = 1 }).Apply(one, 1);
        AudioAugmentationPlan.Of(new Noise { Probability = 1 }, new Gain { Decibels = 0 }).Apply(two, 1);
        Assert.That(two, Is.EqualTo(one));
    }

    [Test]
    public void Plan_OfEqualOperations_IsEqualAndHasTheSameFingerprint() => Assert.Multiple(() =>
    {
        var plan = AudioAugmentationPlan.Of(new Noise(), new Gain { Decibels = 3 }, new Shift());
        Assert.That(plan, Is.EqualTo(AudioAugmentationPlan.Of(new Noise(), new Gain { Decibels = 3 }, new Shift())));
        Assert.That(plan.Fingerprint, Is.EqualTo("audioaugment1|noise(10,30,0.5)|gain(3,1)|shift(0.1,1)"));
        Assert.That(plan.IsEmpty, Is.False);
        Assert.That(plan.Validate, Throws.Nothing);
    });

    [Test]
    public void Validate_OutOfRange_NamesEverySetting()
    {
        var plan = AudioAugmentationPlan.Of(new Noise { MinSignalToNoise = 40 }, new Gain { Decibels = 61 }, new Shift { Share = -1, Probability = 2 });
        Assert.That(plan.Validate, Throws.ArgumentException.With.Message.Contains("operation 1 (noise): MaxSignalToNoise is '30', expected 40 to 120")
            .And.Message.Contains("operation 2 (gain): Decibels is '61'").And.Message.Contains("Share is '-1'").And.Message.Contains("Probability is '2'"));
    }
}
