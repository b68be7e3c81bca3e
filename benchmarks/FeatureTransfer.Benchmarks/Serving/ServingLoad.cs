using System.Diagnostics;
using System.Globalization;
using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Benchmarks.Serving;

/// <summary>What ft serve holds up to: throughput beside that of one large batch, the tail at half load, hostile clients, reloads. One command prints all four.</summary>
internal sealed class ServingLoad(ServingOptions options)
{
    private const int Seed = 1;
    private readonly byte[][] _images = Array.ConvertAll(EmojiFiles.Take(options.Images), File.ReadAllBytes);

    /// <summary>Runs what was asked for.</summary>
    /// <returns>0, or 1 where an aim was missed.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var load = new ServingLoad(ServingOptions.Parse(args));
        using var models = await ServingModels.TrainAsync();
        var reached = await load.SpeedAsync(models.ResNet);
        reached &= await HostileLoad.RunAsync(models.ResNet, load._images[0], load.Options.Hostile);
        reached &= await ReloadLoad.RunAsync(models, load._images[0], load.Options.Reloads);
        return reached ? 0 : 1;
    }

    private ServingOptions Options => options;

    private async Task<bool> SpeedAsync(string model)
    {
        using var bundle = Bundle.Load(model, FeatureTransferServices.Default with { KeepsFeatures = false });
        await using var server = await ServedProcess.StartAsync(model);
        var (offline, served) = (new List<double>(), new List<double>());
        Offline(bundle);
        await ServedAsync(server);
        for (var round = 0; round < options.Rounds; round++)
        {
            // Every second round runs backwards, as the speed of a shared machine drifts.
            if (round % 2 == 0)
                offline.Add(Offline(bundle));
            served.Add(await ServedAsync(server));
            if (round % 2 == 1)
                offline.Add(Offline(bundle));
        }

        var ratio = Median(served.Zip(offline, (one, batch) => one / batch));
        Print($"{_images.Length} images, {Environment.ProcessorCount} cores, medians of {options.Rounds} rounds");
        Print($"  offline, one batch             {Median(offline):F1} images/s");
        Print($"  {options.Clients} clients, an image a request  {Median(served):F1} images/s");
        var reached = Verdict("served / offline", ratio, 0.85, above: true);

        var alone = await OneByOneAsync(server);
        var half = await HalfLoadAsync(server, Median(served) / 2);
        Print($"  one request at a time          p50 {Share(alone, 0.5):F1} ms, p99 {Share(alone, 0.99):F1} ms");
        Print($"  at half load ({half.Count} requests)   p50 {Share(half, 0.5):F1} ms, p99 {Share(half, 0.99):F1} ms");
        return reached & Verdict("p99 at half load / p50 alone", Share(half, 0.99) / Share(alone, 0.5), 3, above: false);
    }

    private double Offline(Bundle bundle)
    {
        var clock = Stopwatch.StartNew();
        var wrong = bundle.Predict([.. _images.Select((image, i) => InputValue.FromBytes(image, i.ToString(CultureInfo.InvariantCulture)))]).Count(answer => answer.Error is not null);
        return wrong == 0 ? _images.Length / clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"{wrong} images could not be read.");
    }

    private async Task<double> ServedAsync(ServedProcess server)
    {
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(_images, new ParallelOptions { MaxDegreeOfParallelism = options.Clients }, async (image, _) => await server.PredictAsync(image));
        return _images.Length / clock.Elapsed.TotalSeconds;
    }

    private async Task<List<double>> OneByOneAsync(ServedProcess server)
    {
        var times = new List<double>();
        foreach (var image in _images.Take(200))
        {
            var clock = Stopwatch.StartNew();
            await server.PredictAsync(image);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return times;
    }

    // Requests come when they come, whether the ones before are answered or not; time counts from when one ought to have been sent.
    private async Task<List<double>> HalfLoadAsync(ServedProcess server, double aSecond)
    {
        var (random, clock, due) = (new Random(Seed), Stopwatch.StartNew(), 0.0);
        var requests = new List<Task<double>>();
        while (due < options.Seconds)
        {
            due += -Math.Log(1 - random.NextDouble()) / aSecond;
            var wait = due - clock.Elapsed.TotalSeconds;
            if (wait > 0)
                await Task.Delay(TimeSpan.FromSeconds(wait));
            requests.Add(TimeAsync(server, _images[requests.Count % _images.Length], clock, due));
        }

        var times = (await Task.WhenAll(requests)).ToList();
        times.Sort();
        return times;
    }

    private static async Task<double> TimeAsync(ServedProcess server, byte[] image, Stopwatch clock, double due)
    {
        await server.PredictAsync(image);
        return (clock.Elapsed.TotalSeconds - due) * 1000;
    }

    internal static bool Verdict(string what, double value, double aim, bool above)
    {
        var reached = above ? value >= aim : value <= aim;
        Print($"  {what,-30} {value:F2}   {(reached ? "reaches" : "MISSES")} {(above ? "at least" : "at most")} {aim}");
        return reached;
    }

    internal static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static double Share(List<double> sorted, double share) => sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)];

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
