using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace FeatureTransfer.Server.Tests;

/// <summary>Metrics and traces go to a collector that was named, and nowhere else.</summary>
public class OtlpTests
{
    [Test, CancelAfter(60_000)]
    public async Task Create_Collector_IsSentTo(CancellationToken stop)
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var app = ModelServer.Create(await Toys.All.ImagesAsync(), new ModelServerOptions { Urls = ["http://127.0.0.1:0"], OtlpEndpoint = new Uri($"http://{collector.LocalEndpoint}") });
        await app.StartAsync(stop);
        using (var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) })
            Assert.That((await client.PostAsync("/predict", RunningServer.Form(Toys.All.Image(0)), stop)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var sent = collector.AcceptTcpClientAsync(stop).AsTask();
        var ended = app.DisposeAsync().AsTask();
        using (await sent)
            collector.Stop();
        await ended;
    }

    [Test]
    public async Task Create_NoCollector_CollectsNothing()
    {
        await using var app = ModelServer.Create(await Toys.All.ImagesAsync());
        Assert.That(app.Services.GetService<TracerProvider>(), Is.Null);
    }
}
