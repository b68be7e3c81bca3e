using System.Diagnostics;
using System.Net.Http.Headers;
using FeatureTransfer.Server;
using FeatureTransfer.Server.Models;
using Microsoft.Extensions.DependencyInjection;

namespace FeatureTransfer.Benchmarks.Serving;

/// <summary>A new model file again and again, with requests in flight: how many of them failed.</summary>
internal static class ReloadLoad
{
    private const int Clients = 8;

    public static async Task<bool> RunAsync(ServingModels models, byte[] image, int reloads)
    {
        var path = Put(models, 0);
        await using var app = ModelServer.Create(path, new ModelServerOptions { Urls = ["http://127.0.0.1:0"], Server = new FeatureTransferServerOptions { CheckInterval = TimeSpan.FromDays(1) } });
        await app.StartAsync();
        var host = app.Services.GetRequiredService<ModelHost>();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var end = new CancellationTokenSource();
        var (answered, failed) = (0, 0);
        var load = Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                using var body = new ByteArrayContent(image) { Headers = { ContentType = MediaTypeHeaderValue.Parse("image/png") } };
                using var answer = await client.PostAsync("/predict", body);
                Interlocked.Increment(ref answer.IsSuccessStatusCode ? ref answered : ref failed);
            }
        })).ToList();
        using var process = Process.GetCurrentProcess();
        var (clock, before, taken) = (Stopwatch.StartNew(), 0L, 0);
        for (var reload = 1; reload <= reloads; reload++)
        {
            Put(models, reload);
            taken += host.ReloadIfChanged() ? 1 : 0;
            if (reload == Math.Max(1, reloads / 10))
                before = Resident(process);
        }

        await end.CancelAsync();
        await Task.WhenAll(load);
        ServingLoad.Print($"{taken} of {reloads} reloads in {clock.Elapsed.TotalSeconds:F0} s with {Clients} clients: {answered} requests answered, {failed} failed; memory after a tenth of them {before / 1_000_000} MB, at the end {Resident(process) / 1_000_000} MB");
        return failed == 0 && taken == reloads;
    }

    private static long Resident(Process process)
    {
        process.Refresh();
        return process.WorkingSet64;
    }

    private static string Put(ServingModels models, int number)
    {
        var (path, next) = (Path.Combine(models.Folder, "served.ftm"), Path.Combine(models.Folder, "next.ftm"));
        File.WriteAllBytes(next, models.Pixels[number % models.Pixels.Count]);
        File.SetLastWriteTimeUtc(next, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(number));
        File.Move(next, path, overwrite: true);
        return path;
    }
}
