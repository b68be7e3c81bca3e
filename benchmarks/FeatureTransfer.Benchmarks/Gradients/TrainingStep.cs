using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FeatureTransfer.Benchmarks.Gradients.Torch;
using FeatureTransfer.Devices;

namespace FeatureTransfer.Benchmarks.Gradients;

/// <summary>
/// A training step of networks against libtorch, by TorchSharp on the CPU, and by PyTorch on a GPU or with <c>--pytorch</c>: the same architecture,
/// batch, threads and update, in turns in one run.
/// With <c>--profile</c>, instead, where our step spends its time; with <c>--plain</c> by standard operators alone.
/// </summary>
internal static class TrainingStep
{
    private const int Batch = 32;
    private const int Classes = 10;
    private const int Steps = 15;

    public static int Run(string[] arguments)
    {
        var threads = Environment.ProcessorCount;
        var device = Device.Parse(Value(arguments, "--device") ?? "cpu");
        var rounds = int.Parse(Value(arguments, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        string[] chosen = [.. arguments.Where((argument, i) => !argument.StartsWith('-') && (i == 0 || arguments[i - 1] is not ("--device" or "--rounds")))];
        foreach (var network in chosen.DefaultIfEmpty(BenchmarkedNetwork.All[0].Name).Select(BenchmarkedNetwork.Of))
        {
            var clock = Stopwatch.StartNew();
            using var step = new NetworkStep(network, Batch, Classes, threads, device, arguments.Contains("--profile"), arguments.Contains("--plain"));
            step.Whole();
            var first = clock.Elapsed;
            if (arguments.Contains("--profile"))
            {
                Profile(step);
                continue;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{network.What} and a head of {Classes} classes learn, batch {Batch}, {device}, {threads} threads, {rounds} rounds"));
            using var peer = arguments.Contains("--alone") ? null : Peer(network, device, threads, arguments.Contains("--pytorch"));
            Race(step, peer, rounds, first);
        }

        return 0;
    }

    private static void Race(NetworkStep step, TorchPeer? peer, int rounds, TimeSpan first)
    {
        var times = Enumerable.Range(0, rounds).Select(_ => (Ours: step.Measure(Steps) with { First = first.TotalMilliseconds, Megabytes = PeakMegabytes() }, Theirs: peer?.Round<StepTimes>())).ToList();
        Console.WriteLine(StepTimes.Median([.. times.Select(round => round.Ours)]));
        if (peer is null)
            return;
        Console.WriteLine(StepTimes.Median([.. times.Select(round => round.Theirs!)]));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  of the peer's time     {Ratio(times, "frozen", round => round.Frozen)}   {Ratio(times, "learning", round => round.Learning)}   {Ratio(times, "whole", round => round.Whole)}   {Ratio(times, "first step", round => round.First)}   {Ratio(times, "peak", round => round.Megabytes)}"));
    }

    // That of the whole process, so where it counts, one network a run.
    private static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (double)(1 << 20);
    }

    private static TorchPeer? Peer(BenchmarkedNetwork network, Device device, int threads, bool python)
    {
        string[] arguments = [network.Name, .. new[] { Batch, Classes, threads, Steps }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        return device.Kind == DeviceKind.Cpu && !python ? TorchPeer.StartSharp(arguments, threads) : TorchPeer.Start("step.py", device, threads, arguments);
    }

    private static string Ratio(IReadOnlyList<(StepTimes Ours, StepTimes? Theirs)> times, string name, Func<StepTimes, double> part)
    {
        var ratios = times.Select(round => part(round.Ours) / part(round.Theirs!)).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{name} {ratios[ratios.Count / 2]:0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00})");
    }

    private static string? Value(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var place && place + 1 < arguments.Length ? arguments[place + 1] : null;

    private static void Profile(NetworkStep step)
    {
        for (var i = 0; i < Steps; i++)
            step.Learn();
        var file = step.EndProfiling();
        using var events = JsonDocument.Parse(File.ReadAllText(file));
        File.Delete(file);
        var kernels = events.RootElement.EnumerateArray()
            .Where(entry => entry.GetProperty("cat").ValueEquals("Node") && entry.GetProperty("name").GetString()!.EndsWith("_kernel_time", StringComparison.Ordinal))
            .Select(entry => (Operator: entry.GetProperty("args").GetProperty("op_name").GetString()!, Name: entry.GetProperty("name").GetString()!, Milliseconds: entry.GetProperty("dur").GetDouble() / 1000 / Steps))
            .ToList();
        foreach (var group in kernels.GroupBy(kernel => kernel.Operator).OrderByDescending(group => group.Sum(kernel => kernel.Milliseconds)))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {group.Key,-22} {group.Sum(kernel => kernel.Milliseconds),8:0.00} ms in {group.Count() / Steps} nodes"));
        foreach (var kernel in kernels.GroupBy(kernel => kernel.Name).Select(group => (group.Key, Sum: group.Sum(kernel => kernel.Milliseconds))).OrderByDescending(kernel => kernel.Sum).Take(30))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kernel.Sum,8:0.00} ms {kernel.Key}"));
    }
}
