using System.Diagnostics;
using System.Globalization;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Benchmarks.Load;

/// <summary>Many callers on one predictor: calls a second, how long a call takes, wrong answers, and how memory grows.</summary>
internal sealed class PredictorLoad(int callers, TimeSpan duration)
{
    private const int Images = 64, Quarters = 4;
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(3);
    private readonly byte[][] _images = Array.ConvertAll(EmojiFiles.Take(Images), File.ReadAllBytes);
    private long _wrong;

    /// <summary>Runs the load and prints what came of it.</summary>
    /// <returns>0, or 1 where an answer was wrong.</returns>
    public static int Run(string[] args)
    {
        var seconds = args is ["--seconds", var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 30;
        return new PredictorLoad(64, TimeSpan.FromSeconds(seconds)).Run();
    }

    private int Run()
    {
        using var predictor = new FeaturePredictor(new ExtractFeaturesOptions { Backbone = "mobilenet_v2.nsfwjs", Layers = ["features"] });
        var expected = Array.ConvertAll(_images, image => predictor.Predict(image));
        Call(predictor, expected, _warmUp);
        var clock = Stopwatch.StartNew();
        var times = new List<double>();
        var memory = new List<long> { Memory() };
        for (var quarter = 0; quarter < Quarters; quarter++)
        {
            times.AddRange(Call(predictor, expected, duration / Quarters));
            memory.Add(Memory());
        }

        var seconds = clock.Elapsed.TotalSeconds;
        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{callers} callers, {seconds:F1} s: {times.Count} calls, {times.Count / seconds:F0} calls/s, p50 {Share(times, 0.5):F0} ms, p99 {Share(times, 0.99):F0} ms, {_wrong} wrong, memory before and after each quarter {string.Join(' ', memory.Select(bytes => (bytes / 1e6).ToString("F0", CultureInfo.InvariantCulture)))} MB"));
        return _wrong == 0 ? 0 : 1;
    }

    private double[] Call(FeaturePredictor predictor, float[][] expected, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var times = new List<double>[callers];
        var threads = Enumerable.Range(0, callers).Select(caller => new Thread(() => times[caller] = Call(predictor, expected, time, clock, caller))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return [.. times.SelectMany(list => list)];
    }

    private List<double> Call(FeaturePredictor predictor, float[][] expected, TimeSpan time, Stopwatch clock, int caller)
    {
        var times = new List<double>();
        for (var call = caller; clock.Elapsed < time; call++)
        {
            var start = Stopwatch.GetTimestamp();
            using var stream = new MemoryStream(_images[call % Images]);
            var answer = predictor.Predict(stream);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (!answer.AsSpan().SequenceEqual(expected[call % Images]))
                Interlocked.Increment(ref _wrong);
        }

        return times;
    }

    private static double Share(List<double> sorted, double share) => sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)];

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
