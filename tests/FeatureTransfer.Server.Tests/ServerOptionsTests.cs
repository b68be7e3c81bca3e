namespace FeatureTransfer.Server.Tests;

/// <summary>The limits of a server: what they are unless something is said, and which cannot be met.</summary>
public class ServerOptionsTests
{
    private static readonly FeatureTransferServerOptions _least = new()
    {
        MaxBodyBytes = 1,
        MaxBytesInFlight = 1,
        MaxPixels = 1,
        MaxItems = 1,
        MaxQueuedItems = 1,
        MaxConcurrentRequests = 1,
        MaxBatchSize = 1,
        MaxBatchWait = TimeSpan.Zero,
        ConcurrentBatches = 1,
        RequestTimeout = TimeSpan.FromTicks(1),
        CheckInterval = TimeSpan.FromTicks(1),
        DrainDelay = TimeSpan.Zero,
    };

    private static IEnumerable<TestCaseData> Wrong()
    {
        const string bytes = "MaxBodyBytes is 1 or more, and at most MaxBytesInFlight", items = "MaxItems is 1 or more, and at most MaxQueuedItems";
        const string counts = "MaxBatchSize, ConcurrentBatches and MaxConcurrentRequests are 1 or more", times = "no time is negative, and time-out and interval are more than 0";
        yield return new(_least with { MaxBodyBytes = 0 }, bytes);
        yield return new(_least with { MaxBodyBytes = 2 }, bytes);
        yield return new(_least with { MaxPixels = 0 }, "MaxPixels is 1 or more");
        yield return new(_least with { MaxItems = 0 }, items);
        yield return new(_least with { MaxItems = 2 }, items);
        yield return new(_least with { MaxBatchSize = 0 }, counts);
        yield return new(_least with { ConcurrentBatches = 0 }, counts);
        yield return new(_least with { MaxConcurrentRequests = 0 }, counts);
        yield return new(_least with { RequestTimeout = TimeSpan.Zero }, times);
        yield return new(_least with { CheckInterval = TimeSpan.Zero }, times);
        yield return new(_least with { MaxBatchWait = TimeSpan.FromTicks(-1) }, times);
        yield return new(_least with { DrainDelay = TimeSpan.FromTicks(-1) }, times);
    }

    [TestCaseSource(nameof(Wrong))]
    public void Check_LimitThatCannotBeMet_SaysTheRule(FeatureTransferServerOptions options, string rule) =>
        Assert.That(options.Check, Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo($"FeatureTransferServerOptions: {rule}."));

    [Test]
    public void Check_TheLeastOfEach_CanBeMet() => Assert.That(_least.Check, Throws.Nothing);

    [Test]
    public void Defaults_AreTheDocumented()
    {
        var options = new FeatureTransferServerOptions();
        Assert.That(options.Check, Throws.Nothing);
        Assert.That((options.MaxBodyBytes, options.MaxBytesInFlight, options.MaxPixels), Is.EqualTo((16L * 1024 * 1024, 512L * 1024 * 1024, 50_000_000L)));
        Assert.That((options.MaxItems, options.MaxQueuedItems, options.MaxConcurrentRequests, options.MaxBatchSize, options.ConcurrentBatches), Is.EqualTo((64, 256, 128, 32, (int?)null)));
        Assert.That((options.MaxBatchWait, options.RequestTimeout, options.CheckInterval, options.DrainDelay), Is.EqualTo((TimeSpan.Zero, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.Zero)));
    }
}
