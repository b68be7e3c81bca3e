using FeatureTransfer.Extraction.Flow;

namespace FeatureTransfer.Tests.Extraction.Flow;

/// <summary>Callers of one predictor are served in the order in which they came.</summary>
public class FairPlacesTests
{
    [Test]
    public void Leave_OthersWait_GivesThePlaceToTheFirst()
    {
        var places = new FairPlaces(1);
        Assert.That(places.EnterAsync(default).IsCompleted);
        var (first, second) = (places.EnterAsync(default), places.EnterAsync(default));

        places.Leave();
        Assert.That((first.IsCompleted, second.IsCompleted), Is.EqualTo((true, false)));
        places.Leave();
        Assert.That(second.IsCompleted);
    }

    [Test]
    public void Leave_NobodyWaits_LeavesAllPlacesFree()
    {
        var places = new FairPlaces(2);
        for (var round = 0; round < 3; round++)
        {
            var entered = new[] { places.EnterAsync(default), places.EnterAsync(default) };
            Assert.That(entered, Is.All.Property(nameof(Task.IsCompleted)).True);
            places.Leave();
            places.Leave();
        }
    }

    [Test]
    public void EnterAsync_GivenUp_LosesItsTurnAndNoPlace()
    {
        var places = new FairPlaces(1);
        Assert.That(places.EnterAsync(default).IsCompleted);
        using var stop = new CancellationTokenSource();
        var (gone, next) = (places.EnterAsync(stop.Token), places.EnterAsync(default));

        stop.Cancel();
        Assert.That(async () => await gone, Throws.InstanceOf<OperationCanceledException>());
        places.Leave();
        Assert.That(next.IsCompleted);
    }
}
