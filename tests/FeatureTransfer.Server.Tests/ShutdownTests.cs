using System.Net;

namespace FeatureTransfer.Server.Tests;

/// <summary>A server that is told to stop answers what it has begun.</summary>
public class ShutdownTests
{
    [Test, CancelAfter(60_000)]
    public async Task Stop_WhileAnswering_TurnsReadinessOffAndAnswersAll(CancellationToken stop)
    {
        var toys = Toys.All;
        var model = await toys.ImagesAsync();
        await using var server = await RunningServer.StartAsync(model, new FeatureTransferServerOptions { DrainDelay = TimeSpan.FromSeconds(2) });
        Assert.That(await server.IsReadyAsync(), Is.True);
        var answers = Enumerable.Range(0, 60).Select(i => server.Client.PostAsync("/predict", RunningServer.Form(toys.Image(i % 20)), stop)).ToList();
        var stopped = server.App.StopAsync(stop);
        while ((await server.Client.GetAsync("/health/ready", stop)).StatusCode != HttpStatusCode.ServiceUnavailable)
            await Task.Delay(5, stop);
        Assert.That((await server.Client.GetAsync("/health/live", stop)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await server.Client.PostAsync("/predict", RunningServer.Form(toys.Image(0)), stop)).StatusCode, Is.EqualTo(HttpStatusCode.OK), "whoever has not heard yet is answered");
        await stopped;
        Assert.That((await Task.WhenAll(answers)).Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(async () => await server.Client.GetAsync("/health/live", stop), Throws.InstanceOf<HttpRequestException>());
    }
}
