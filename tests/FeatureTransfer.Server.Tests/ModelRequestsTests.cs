using System.Text;
using FeatureTransfer.Server.Models;
using FeatureTransfer.Server.Requests;
using FeatureTransfer.Server.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Server.Tests;

/// <summary>Requests without a server around them, to a host that has not started.</summary>
public class ModelRequestsTests
{
    private readonly ServiceProvider _provider = new ServiceCollection().AddLogging().AddMetrics().AddSingleton<ServerMetrics>().BuildServiceProvider();

    [OneTimeTearDown]
    public void Remove() => _provider.Dispose();

    [Test]
    public Task Embed_FaultOfTheServers_Is500AndTellsNothingOfIt() => IsRefusedAsync(new DefaultHttpContext(), 500, "The server failed; its log says why.", "fault");

    [Test]
    public Task Embed_ClientThatIsGone_IsNoFault() => IsRefusedAsync(new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) }, 400, "The connection ended before the answer.", "gone");

    private async Task IsRefusedAsync(DefaultHttpContext context, int status, string detail, string reason)
    {
        var (options, metrics, logs) = (new FeatureTransferServerOptions(), _provider.GetRequiredService<ServerMetrics>(), _provider.GetRequiredService<ILoggerFactory>());
        using var host = new ModelHost("none.ftm", options, metrics, logs);
        using var rejected = new Measured("featuretransfer.server.rejected");
        using var requests = new Measured("featuretransfer.server.requests");
        using var sent = new MemoryStream([1, 2, 3]);
        using var body = new MemoryStream();
        context.RequestServices = _provider;
        context.Request.Body = sent;
        context.Response.Body = body;
        var result = await new ModelRequests(host, new BodyReader(options), metrics, logs.CreateLogger<ModelRequests>()).EmbedAsync(context);
        context.RequestAborted = CancellationToken.None;
        await result.ExecuteAsync(context);
        Assert.That(context.Response.StatusCode, Is.EqualTo(status));
        Assert.That(Encoding.UTF8.GetString(body.ToArray()), Does.Contain($"\"{detail}\""));
        Assert.That(rejected.Tags, Is.EqualTo(new[] { $"[reason, {reason}]" }));
        Assert.That(requests.Tags, Is.EqualTo(new[] { $"[endpoint, embed],[status, {status}]" }));
        Assert.That(host.IsReady, Is.False);
    }
}
