using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Running;

public sealed class StageClockTests
{
    [Test]
    public void TimeTogether_SecondEndsFirst_BothResultsInTheGivenOrder()
    {
        var clock = new StageClock();
        using var second = new ManualResetEventSlim();

        var results = clock.TimeTogether(("one", () => second.Wait(TimeSpan.FromMinutes(1))), ("two", () =>
        {
            second.Set();
            return 2;
        }
        ));

        Assert.Multiple(() =>
        {
            Assert.That(results, Is.EqualTo((true, 2)));
            Assert.That(clock.Seconds.Keys, Is.EqualTo(["one", "two"]));
        });
    }

    [Test]
    public void TimeTogether_FirstFails_ThrowsAfterTheSecondHasEnded()
    {
        var ended = false;
        using var failing = new ManualResetEventSlim();

        Assert.Multiple(() =>
        {
            Assert.That(() => new StageClock().TimeTogether<int, int>(("one", () =>
            {
                failing.Set();
                throw new InvalidDataException("no");
            }
            ), ("two", () =>
            {
                failing.Wait();
                Thread.Sleep(20);
                ended = true;
                return 2;
            }
            )), Throws.InstanceOf<InvalidDataException>());
            Assert.That(ended);
        });
    }

    [Test]
    public void TimeTogether_SecondFails_ThrowsItsExceptionUnwrapped() =>
        Assert.That(() => new StageClock().TimeTogether<int, int>(("one", () => 1), ("two", () => throw new InvalidDataException("no"))), Throws.InstanceOf<InvalidDataException>());
}
