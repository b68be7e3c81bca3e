using System.Text.Json;

namespace FeatureTransfer.Server.Tests;

/// <summary>Requests that come at once go through the model together, and nobody notices.</summary>
public class BatchingTests
{
    private static ToyModels Models => Toys.All;
    private string _model = "";

    [OneTimeSetUp]
    public async Task Train() => _model = await Models.ImagesAsync();

    [Test]
    public async Task Predict_ManyTextsAtOnce_AnswersInFewerBatchesAsOneByOne()
    {
        var sizes = await ManyAsync(await Models.TextsAsync(), TimeSpan.FromMilliseconds(200), i => RunningServer.Body($$"""{"message": "{{(i % 2 == 0 ? "a b" : "g h")}} {{"abcdefgh"[i % 8]}}"}"""));
        Assert.That(sizes.Sum(), Is.EqualTo(400));
        Assert.That(sizes, Has.Count.LessThan(300));
    }

    [Test]
    public async Task Predict_ManyImagesAtOnce_AreTakenEachByItselfAsOneByOne() =>
        Assert.That(await ManyAsync(_model, TimeSpan.Zero, i => RunningServer.Form(Models.Image(i))), Has.Count.EqualTo(400).And.All.EqualTo(1));

    // The sizes of batches of 400 requests at once, whose answers are those of one after the other.
    private static async Task<IReadOnlyList<double>> ManyAsync(string model, TimeSpan wait, Func<int, HttpContent> body)
    {
        await using var server = await RunningServer.StartAsync(model, new FeatureTransferServerOptions { MaxConcurrentRequests = 1000, MaxQueuedItems = 1000, MaxBatchWait = wait });
        var single = new List<string>();
        for (var i = 0; i < 20; i++)
            single.Add((await server.PostAsync("/predict", body(i))).GetRawText());
        using var batches = new Measured("featuretransfer.server.batch.size");
        var together = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => server.PostAsync("/predict", body(i % 20))));
        Assert.That(together.Select(answer => answer.GetRawText()), Is.EqualTo(Enumerable.Range(0, 400).Select(i => single[i % 20])));
        return batches.Values;
    }

    [Test]
    public async Task Predict_BadOnesAmongGood_FailAlone()
    {
        await using var server = await RunningServer.StartAsync(_model);
        var cut = Models.Image(0)[..50];
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            using var response = await server.Client.PostAsync("/predict", RunningServer.Form(i % 3 == 0 ? cut : Models.Image(i % 20)));
            return ((int)response.StatusCode, i % 3 == 0 || JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("label").GetString() == (i % 20 < 10 ? "dark" : "light"));
        }));
        Assert.That(answers, Is.EqualTo(Enumerable.Range(0, 100).Select(i => (i % 3 == 0 ? 400 : 200, true))));
    }

    [Test]
    public async Task Metrics_RequestsAndRefusals_AreCounted()
    {
        await using var server = await RunningServer.StartAsync(_model);
        using var requests = new Measured("featuretransfer.server.requests");
        using var rejected = new Measured("featuretransfer.server.rejected");
        using var queued = new Measured("featuretransfer.server.queue.duration");
        using var duration = new Measured("featuretransfer.server.request.duration");
        await server.PostAsync("/predict", RunningServer.Form(Models.Image(0), Models.Image(1)));
        await server.RefusalAsync("/predict", RunningServer.Body("{"));
        Assert.That((requests.Values.Count, rejected.Values.Count, queued.Values.Count, duration.Values.Count), Is.EqualTo((2, 1, 2, 2)));
        Assert.That(rejected.Tags.Single(), Is.EqualTo("[reason, malformed]"));
        Assert.That(requests.Tags, Is.EqualTo(new[] { "[endpoint, predict],[status, 200]", "[endpoint, predict],[status, 400]" }));
        Assert.That(duration.Tags, Is.All.EqualTo("[endpoint, predict]"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Traces_ABatch_IsAnActivity(CancellationToken stop)
    {
        var seen = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = source => source.Name == FeatureTransferTelemetry.Name,
            Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = activity => seen.Enqueue(activity.OperationName),
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        await using var server = await RunningServer.StartAsync(_model);
        await server.PostAsync("/predict", RunningServer.Form(Models.Image(0)));

        // The batch's activity ends after its answers are handed out.
        while (!seen.Contains("featuretransfer.batch"))
            await Task.Delay(5, stop);
        Assert.That(seen, Does.Contain("featuretransfer.predict"));
    }
}
