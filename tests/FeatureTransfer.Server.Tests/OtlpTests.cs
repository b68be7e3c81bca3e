using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace FeatureTransfer.Server.Tests;

/// <summary>Metrics and traces go to a collector that was named, and nowhere else.</summary>
public class OtlpTests
{
    [Test, CancelAfter(60_000)]
    public async Task Create_Collector_IsSentTo(CancellationToken stop)
    {
        var sent = new ConcurrentQueue<string>();
        await using var collector = await CollectorAsync(sent, stop);
        var app = ModelServer.Create(await Toys.All.ImagesAsync(), new ModelServerOptions { Urls = ["http://127.0.0.1:0"], OtlpEndpoint = new Uri(collector.Urls.First()) });
        await app.StartAsync(stop);
        using (var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) })
            Assert.That((await client.PostAsync("/predict", RunningServer.Form(Toys.All.Image(0)), stop)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await app.DisposeAsync();
        Assert.That(sent, Has.Some.Contains("TraceService").And.Some.Contains("MetricsService"));
    }

    [Test]
    public async Task Create_NoCollector_CollectsNothing()
    {
        await using var app = ModelServer.Create(await Toys.All.ImagesAsync());
        Assert.That(app.Services.GetService<TracerProvider>(), Is.Null);
    }

    // Answers every call of gRPC with an empty message, and notes what was called.
    private static async Task<WebApplication> CollectorAsync(ConcurrentQueue<string> called, CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var collector = builder.Build();
        collector.Run(async context =>
        {
            called.Enqueue(context.Request.Path);
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5], context.RequestAborted);
            context.Response.AppendTrailer("grpc-status", "0");
        });
        await collector.StartAsync(stop);
        return collector;
    }
}
