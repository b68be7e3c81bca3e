using System.Net;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Server.Models;
using Microsoft.Extensions.DependencyInjection;

namespace FeatureTransfer.Server.Tests;

/// <summary>A new file in the place of the model is taken up while requests are answered.</summary>
public class ReloadTests
{
    private const int Reloads = 50;
    private static ToyModels Models => Toys.All;
    private byte[][] _files = [];

    [OneTimeSetUp]
    public async Task Train()
    {
        _files = [await File.ReadAllBytesAsync(await Models.ImagesAsync(2)), await File.ReadAllBytesAsync(await Models.ImagesAsync(5))];
    }

    [Test, CancelAfter(120_000)]
    public async Task Reload_UnderLoad_FailsNoRequest(CancellationToken stop)
    {
        var path = Put(0);
        await using var server = await RunningServer.StartAsync(path, new FeatureTransferServerOptions { CheckInterval = TimeSpan.FromHours(1) });
        var host = server.App.Services.GetRequiredService<ModelHost>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var (answered, seen) = (0, new HashSet<float>());
        var clients = Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                using var response = await server.Client.PostAsync("/embed", RunningServer.Form(Models.Image(client)), CancellationToken.None);
                var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
                var last = System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("embedding")[2].GetSingle();
                Interlocked.Increment(ref answered);
                lock (seen)
                    seen.Add(MathF.Round(last, 3));
            }
        }, CancellationToken.None)).ToList();
        for (var reload = 1; reload <= Reloads; reload++)
        {
            var before = Volatile.Read(ref answered);
            Put(reload);
            Assert.That(host.ReloadIfChanged(), Is.True);
            while (Volatile.Read(ref answered) == before)
                await Task.Delay(1, stop);
        }

        await end.CancelAsync();
        await Task.WhenAll(clients);
        Assert.That(seen, Is.EquivalentTo(new[] { 3f, 6f }), "both models answered, and nothing else");
        Assert.That((await server.GetAsync("/model")).GetProperty("features").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task ReloadIfChanged_OneNewFile_IsTakenUpAndCountedOnce()
    {
        var path = Put(0);
        await using var server = await RunningServer.StartAsync(path, new FeatureTransferServerOptions { CheckInterval = TimeSpan.FromHours(1) });
        using var reloads = new Measured("featuretransfer.server.reloads");
        var host = server.App.Services.GetRequiredService<ModelHost>();
        Assert.That(host.ReloadIfChanged(), Is.False);
        ServedBundle old;
        using (host.Enter(out old))
            Assert.That(Embedding(old), Is.EqualTo(3).Within(1e-4));
        Put(1);
        Assert.That(host.ReloadIfChanged(), Is.True);
        using (host.Enter(out var next))
            Assert.That(Embedding(next), Is.EqualTo(6).Within(1e-4));
        Assert.That(() => Embedding(old), Throws.TypeOf<ObjectDisposedException>(), "its sessions are freed");
        Assert.That(host.ReloadIfChanged(), Is.False);
        Assert.That(reloads.Values, Is.EqualTo(new[] { 1.0 }));
    }

    [Test, CancelAfter(60_000)]
    public async Task Reload_ByItself_TakesUpTheNewAndKeepsTheOldFromDamage(CancellationToken stop)
    {
        var path = Put(0);
        await using var server = await RunningServer.StartAsync(path, new FeatureTransferServerOptions { CheckInterval = TimeSpan.FromMilliseconds(20) });
        var old = (await server.GetAsync("/model")).GetProperty("hash").GetString();
        File.WriteAllBytes(path, _files[1][..(_files[1].Length / 2)]);
        for (var i = 0; i < 10; i++)
        {
            await Task.Delay(20, stop);
            Assert.That((await server.PostAsync("/predict", RunningServer.Form(Models.Image(0)))).GetProperty("label").GetString(), Is.EqualTo("dark"));
        }

        Assert.That((await server.GetAsync("/model")).GetProperty("hash").GetString(), Is.EqualTo(old));
        Put(1);
        while ((await server.GetAsync("/model")).GetProperty("hash").GetString() == old)
            await Task.Delay(20, stop);
        Assert.That((await server.PostAsync("/embed", RunningServer.Form(Models.Image(0)))).GetProperty("embedding")[2].GetSingle(), Is.EqualTo(6).Within(1e-4));
    }

    private static float Embedding(ServedBundle model) => model.Items.Embed([new BundleItem(Models.Image(0), [], [])])[0].Values![2];

    private string Put(int number)
    {
        var (path, next) = (Models.PathOf("served.ftm"), Models.PathOf("next.ftm"));
        File.WriteAllBytes(next, _files[number % 2]);
        File.SetLastWriteTimeUtc(next, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(number));
        File.Move(next, path, overwrite: true);
        return path;
    }
}
