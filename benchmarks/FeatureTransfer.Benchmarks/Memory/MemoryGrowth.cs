using System.Globalization;

namespace FeatureTransfer.Benchmarks.Memory;

/// <summary>
/// The peak of memory of <c>ft extract</c> over few and over many rows, from every source that streams: a child process each, whose peak of
/// resident memory the kernel keeps.
/// </summary>
internal static class MemoryGrowth
{
    private const double MostGrowth = 1.10;

    /// <summary>Measures and writes a table.</summary>
    /// <param name="args">The rows of the two runs, default 1000 and 100000, then names of sources, default all; <c>--cache</c> keeps features as ft does by default.</param>
    /// <returns>0 when no source grows by more than a tenth.</returns>
    public static int Measure(string[] args)
    {
        var counts = args.TakeWhile(arg => int.TryParse(arg, CultureInfo.InvariantCulture, out _)).Select(arg => int.Parse(arg, CultureInfo.InvariantCulture)).ToArray();
        var cache = args.Contains("--cache");
        var names = args[counts.Length..].Where(arg => arg != "--cache").ToArray();
        var (few, many) = counts is [var first, var second] ? (first, second) : (1000, 100_000);
        using var samples = new SourceSamples();
        // The first run of all times the model, which takes memory of its own.
        FtRun.Extract(samples, "list", ".npy", few, cache: false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"source",-22} {"output",-8} {few,9} rows {many,9} rows   growth      rows/s"));
        var worst = 0.0;
        foreach (var (source, output) in SourceSamples.Cases.Where(known => names is [] || names.Contains(known.Source)))
        {
            var small = FtRun.Extract(samples, source, output, few, cache);
            var large = FtRun.Extract(samples, source, output, many, cache);
            var growth = (double)large.PeakBytes / small.PeakBytes;
            worst = Math.Max(worst, growth);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source,-22} {output,-8} {small.PeakBytes / 1e6,11:F1} MB {large.PeakBytes / 1e6,11:F1} MB   {growth,6:F3} {many / large.Seconds,11:F0}"));
        }

        return worst <= MostGrowth ? 0 : 1;
    }
}
