using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FeatureTransfer.Benchmarks.Against.Node;
using FeatureTransfer.Benchmarks.Gradients.Torch;
using FeatureTransfer.FineTuning;
using Microsoft.ML;

namespace FeatureTransfer.Benchmarks.Gradients;

/// <summary>
/// Ten epochs of the <c>FineTune</c> trainer, files to model, against the loop that a careful user writes with TorchSharp: images decoded side by
/// side, what is frozen run over them once. A process each time, and the sides take turns.
/// </summary>
internal static class TrainingEpochs
{
    private const int Batch = 32, Classes = 10, Epochs = 10, Images = 200;
    private const string Alone = "--alone";

    public static int Run(string[] arguments)
    {
        if (arguments is [Alone, var list])
        {
            Console.WriteLine(JsonSerializer.Serialize(Ours(File.ReadAllLines(list)), JsonSerializerOptions.Web));
            return 0;
        }

        var threads = Environment.ProcessorCount;
        var rounds = arguments is ["--rounds", var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 3;
        var files = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(files, Photographs.Take(null, Images));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"MobileNetV2, {Images} images, {Epochs} epochs, batch {Batch}, blocks 14 to 16, the last convolution and a head of {Classes} classes learn, {threads} threads, {rounds} rounds"));
            var times = Enumerable.Range(0, rounds).Select(round => Round(files, threads, oursFirst: round % 2 == 0)).ToList();
            Print("FeatureTransfer", [.. times.Select(round => round.Ours)]);
            Print("TorchSharp", [.. times.Select(round => round.Theirs)]);
            Console.WriteLine($"  of the peer's          {Ratio(times, "before the first step", time => time.First)}   {Ratio(times, "whole", time => time.Whole)}   {Ratio(times, "peak", time => time.Megabytes)}");
        }
        finally
        {
            File.Delete(files);
        }

        return 0;
    }

    private static (Seconds Ours, Seconds Theirs) Round(string files, int threads, bool oursFirst)
    {
        var ours = oursFirst ? Child(files) : null;
        string[] numbers = [.. new[] { Batch, Classes, threads, Epochs }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        using var peer = TorchPeer.StartSharp(["epochs", .. numbers, files], threads);
        var theirs = peer.Read<Seconds>();
        return (ours ?? Child(files), theirs);
    }

    private static Seconds Child(string files)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(TrainingEpochs).Assembly.Location, "--training-epochs", Alone, files]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        return JsonSerializer.Deserialize<Seconds>(process.StandardOutput.ReadToEnd(), JsonSerializerOptions.Web)!;
    }

    private static Seconds Ours(string[] files)
    {
        var clock = Stopwatch.StartNew();
        var first = 0.0;
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(files.Select((path, i) => new Row { ImagePath = path, Label = (i % Classes).ToString(CultureInfo.InvariantCulture) }));
        var options = new FineTuneOptions
        {
            Backbone = "mobilenet_v2.nsfwjs",
            Layers = ["features"],
            TrainableFrom = "block_14_expand",
            BatchSize = Batch,
            HeadEpochs = 0,
            Epochs = Epochs,
            ValidationFraction = 0,
            UseCache = false,
            Optimizer = new OptimizerOptions { Kind = OptimizerKind.Sgd, ClipNorm = 0 },
            LearningRate = 0.001,
        };
        var progress = new FirstStep(() => first = clock.Elapsed.TotalSeconds);
        ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.MulticlassClassification.Trainers.FineTune(options, progress: progress)).Fit(data);
        using var process = Process.GetCurrentProcess();
        return new Seconds(first, clock.Elapsed.TotalSeconds, process.PeakWorkingSet64 / (double)(1 << 20));
    }

    private static void Print(string name, IReadOnlyList<Seconds> times) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {name,-22} before the first step {Median(times, time => time.First),5:0.0} s   whole {Median(times, time => time.Whole),5:0.0} s   peak {Median(times, time => time.Megabytes),5:0} MB"));

    private static double Median(IReadOnlyList<Seconds> times, Func<Seconds, double> part) => times.Select(part).Order().ElementAt(times.Count / 2);

    private static string Ratio(IReadOnlyList<(Seconds Ours, Seconds Theirs)> times, string name, Func<Seconds, double> part)
    {
        var ratios = times.Select(round => part(round.Ours) / part(round.Theirs)).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{name} {ratios[ratios.Count / 2]:0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00})");
    }

    // A report comes after a step, so the moment is one step late.
    private sealed class FirstStep(Action done) : IProgress<FineTuneProgress>
    {
        private bool _seen;

        public void Report(FineTuneProgress value)
        {
            if (!_seen)
                done();
            _seen = true;
        }
    }

    private sealed record Seconds(double First, double Whole, double Megabytes);

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
