using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Tests.FineTuning;

public class CheckpointPaceTests
{
    private const double Bytes = 100e6;
    private readonly ManualClock _clock = new();
    private CheckpointPace _pace = null!;

    [SetUp]
    public void Start() => _pace = new CheckpointPace(_clock);

    // At 200 MB a second, half a second is a twentieth of ten.
    [TestCase(9, false)]
    [TestCase(9.6, true)]
    public void CostsLittle_BeforeTheFirst_ExpectsADiskOf200MegabytesASecond(double seconds, bool expected)
    {
        Pass(seconds);
        Assert.That(_pace.CostsLittle(Bytes), Is.EqualTo(expected));
    }

    [Test]
    public void CostsLittle_SmallNetwork_IsSoAtOnce()
    {
        Pass(0.001);
        Assert.That(_pace.CostsLittle(10_000), Is.True);
    }

    [Test]
    public void CostsLittle_AfterASlowOne_WaitsForNineteenTimesItsDuration()
    {
        _pace.Save(Bytes, () => Pass(2));
        Pass(37.5);
        Assert.That(_pace.CostsLittle(Bytes), Is.False);
        Assert.That(_pace.CostsLittle(Bytes / 2), Is.True, "half the bytes take half as long");
        Pass(1);
        Assert.That(_pace.CostsLittle(Bytes), Is.True);
    }

    [Test]
    public void CostsLittle_AfterOneThatTookNoTime_IsSoAtOnce()
    {
        _pace.Save(0, () => { });
        Assert.That(_pace.CostsLittle(Bytes), Is.True);
    }

    [Test]
    public void Save_ManyInARow_TakeATwentiethOfTheTime()
    {
        var saved = 0;
        for (var epoch = 0; epoch < 4000; epoch++)
        {
            Pass(0.5);
            if (_pace.CostsLittle(Bytes))
                _pace.Save(Bytes, () => { Pass(2); saved++; });
        }

        Assert.That(2.0 * saved / _clock.Now.TotalSeconds, Is.EqualTo(0.05).Within(0.002));
    }

    private void Pass(double seconds) => _clock.Now += TimeSpan.FromSeconds(seconds);

    private sealed class ManualClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
