using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FeatureTransfer.Server.Tests;

/// <summary>The endpoints in an app of one's own, and the sample that shows how.</summary>
public class OwnAppTests
{
    private static ToyModels Models => Toys.All;
    private string _model = "";

    [OneTimeSetUp]
    public async Task Train() => _model = await Models.ImagesAsync();

    [Test]
    public async Task MapFeatureTransfer_InAnotherApp_AnswersBelowItsPrefix()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddFeatureTransferServer(_model);
        await using var app = builder.Build();
        app.UseRateLimiter();
        app.MapFeatureTransfer("/shades");
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var answer = await client.PostAsync("/shades/predict", RunningServer.Form(Models.Image(0)));
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("label").GetString(), Is.EqualTo("dark"));
        Assert.That((await client.GetAsync("/shades/health/ready")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await client.GetAsync("/predict")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task MapFeatureTransfer_ChecksOfTheAppsOwn_AreNotTheModels()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddFeatureTransferServer(_model);
        builder.Services.AddHealthChecks().AddCheck("other", () => HealthCheckResult.Unhealthy());
        await using var app = builder.Build();
        app.MapFeatureTransfer();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Assert.That((await client.GetAsync("/health/ready")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await client.GetAsync("/health/live")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test, CancelAfter(120_000)]
    public async Task Sample_WebApp_AnswersByItsOwnAndByTheModelsEndpoints(CancellationToken stop)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "WebApp.dll"), "--model", _model, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, WorkingDirectory = Models.Folder };
        using var process = Process.Start(start)!;
        try
        {
            var address = "";
            while (address.Length == 0)
            {
                var line = await process.StandardOutput.ReadLineAsync(stop) ?? throw new InvalidOperationException("It ended.");
                address = System.Text.RegularExpressions.Regex.Match(line, "listening on: (http://\\S+)").Groups[1].Value;
            }

            _ = process.StandardOutput.ReadToEndAsync(stop);
            using var client = new HttpClient { BaseAddress = new Uri(address) };
            using var photo = new MultipartFormDataContent { { new ByteArrayContent(Models.Image(19)), "photo", "19.png" } };
            using var answer = await client.PostAsync("/parts/7/photo", photo, stop);
            var text = await answer.Content.ReadAsStringAsync(stop);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
            Assert.That(JsonDocument.Parse(text).RootElement.GetProperty("part").GetInt32(), Is.EqualTo(7));
            using var bad = new MultipartFormDataContent { { new ByteArrayContent([1, 2]), "photo", "19.png" } };
            Assert.That((await client.PostAsync("/parts/7/photo", bad, stop)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            using var batch = await client.PostAsync("/model/predict", RunningServer.Form(Models.Image(0), Models.Image(19)), stop);
            Assert.That(await batch.Content.ReadAsStringAsync(stop), Does.Contain("dark").And.Contain("light"));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
