using FeatureTransfer.Orleans;
using FeatureTransfer.Orleans.Jobs;

namespace FeatureTransfer.Cli.Tests.Cluster;

/// <summary>Shards and their leases, on a clock that the test moves.</summary>
public class JobStateTests
{
    private const int Lease = 10;
    private readonly JobSpec _job = new() { Id = Guid.NewGuid(), Version = "1", Fingerprint = "f", Backbone = "b", Store = "/store", List = "/store/list", Folder = "/" };
    private HeldClock _clock = null!;

    [SetUp]
    public void MakeClock() => _clock = new HeldClock();

    [Test]
    public void Take_EachShard_IsGivenOnce()
    {
        var state = State(3);
        Assert.That(Numbers(state, "a", 2).Concat(Numbers(state, "b", 2)), Is.EqualTo(new int?[] { 0, 1, 2, null }));
    }

    [Test]
    public void Take_LeaseExpired_IsGivenToAnother()
    {
        var state = State(1);
        state.Take("a");
        _clock.Pass(Lease - 1);
        Assert.That(state.Take("b"), Is.Null);
        _clock.Pass(1);
        Assert.That(state.Take("b")?.Shard.Number, Is.Zero);
        Assert.That(state.Renew("a", 0, 1), Is.False, "it is another's now");
    }

    [Test]
    public void Renew_InTime_KeepsTheShard()
    {
        var state = State(1);
        state.Take("a");
        for (var second = 0; second < 3 * Lease; second += Lease - 1)
        {
            _clock.Pass(Lease - 1);
            Assert.That(state.Renew("a", 0, second), Is.True);
            Assert.That(state.Take("b"), Is.Null);
        }
    }

    [Test]
    public void Renew_OnABoardThatLostItsMemory_TakesTheLeaseUp()
    {
        var state = State(2);
        Assert.That(state.Renew("a", 0, 3), Is.True);
        Assert.That(Numbers(state, "b", 2), Is.EqualTo(new int?[] { 1, null }));
    }

    [Test]
    public void Complete_TwiceAndByAnother_CountsOnce()
    {
        var state = State(2);
        state.Take("a");
        _clock.Pass(Lease);
        state.Take("b");
        state.Complete("a", 0, null);
        state.Complete("b", 0, null);
        Assert.That(state.Progress(2), Has.Property(nameof(JobProgress.Rows)).EqualTo(4L).And.Property(nameof(JobProgress.IsDone)).False);
        Assert.That(state.Renew("b", 0, 1), Is.False, "it is done");
    }

    [Test]
    public void Progress_SharesBeingWorkedOn_Count()
    {
        var state = State(2);
        state.Take("a");
        state.Renew("a", 0, 3);
        Assert.That(state.Progress(1).Rows, Is.EqualTo(3));
    }

    [Test]
    public void State_OfWhatWasDone_GoesOnFromThere()
    {
        var before = State(10);
        foreach (var number in new[] { 0, 3, 8 })
            before.Complete("a", number, null);
        var after = State(10, before.Progress(1).Done);
        Assert.That(after.Progress(1).Rows, Is.EqualTo(12));
        Assert.That(Numbers(after, "b", 8), Is.EqualTo(new int?[] { 1, 2, 4, 5, 6, 7, 9, null }));
        foreach (var number in new[] { 1, 2, 4, 5, 6, 7, 9 })
            after.Complete("b", number, null);
        Assert.That(after.Progress(1).IsDone, Is.True);
    }

    [Test]
    public void Fail_AJob_GivesNoMoreOfIt()
    {
        var state = State(2);
        state.Take("a");
        state.Fail("why");
        state.Fail("something later");
        Assert.That((state.Take("b"), state.Renew("a", 0, 1), state.Progress(1).Failure), Is.EqualTo(((ShardLease?)null, false, "why")));
    }

    [Test]
    public void Complete_FilesThatAreNotSeen_AreToldOfOnceASilo()
    {
        var state = State(3);
        state.Complete("a", 0, "/x");
        state.Complete("a", 1, "/y");
        state.Complete("b", 2, "/z");
        Assert.That(state.Progress(2).Unseen, Is.EqualTo([new UnseenFile("a", "/x"), new UnseenFile("b", "/z")]));
    }

    [Test]
    public async Task Board_ClientGone_TakesTheJobDown()
    {
        var board = new JobBoard(new ExtractionSiloOptions(), _clock);
        await board.SubmitAsync(_job, Shards(3), []);
        Assert.That((await board.TakeAsync("a"))?.Job, Is.EqualTo(_job));
        _clock.Pass(59);
        Assert.That((await board.ProgressAsync(_job.Id))?.Silos, Is.Zero, "nobody has been heard of for long");
        _clock.Pass(59);
        Assert.That(await board.TakeAsync("a"), Is.Not.Null);
        _clock.Pass(1);
        Assert.That(await board.TakeAsync("a"), Is.Null);
        Assert.That(await board.ProgressAsync(_job.Id), Is.Null);
        Assert.That(await board.RenewAsync("a", _job.Id, 0, 1), Is.True, "work on what is not known is not thrown away");
    }

    [Test]
    public async Task Board_TwoJobs_TheFirstIsServedFirst()
    {
        var board = new JobBoard(new ExtractionSiloOptions(), _clock);
        var later = _job with { Id = Guid.NewGuid() };
        await board.SubmitAsync(_job, Shards(1), []);
        await board.SubmitAsync(later, Shards(1), []);
        Assert.That(new[] { await board.TakeAsync("a"), await board.TakeAsync("a"), await board.TakeAsync("a") }.Select(lease => lease?.Job), Is.EqualTo(new[] { _job, later, null }));
        await board.RemoveAsync(_job.Id);
        Assert.That((await board.ProgressAsync(_job.Id), (await board.ProgressAsync(later.Id))?.Silos), Is.EqualTo(((JobProgress?)null, 1)));
    }

    private static int?[] Numbers(JobState state, string silo, int times) => [.. Enumerable.Range(0, times).Select(_ => state.Take(silo)?.Shard.Number)];

    private static Shard[] Shards(int count) => [.. Enumerable.Range(0, count).Select(number => new Shard(number, 0, 4))];

    private JobState State(int shards, byte[]? done = null) => new(_job, Shards(shards), done ?? [], TimeSpan.FromSeconds(Lease), _clock);
}
