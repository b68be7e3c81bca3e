using System.Globalization;
using System.Text.Json;
using FeatureTransfer.Benchmarks.Gradients.Torch;

namespace FeatureTransfer.Benchmarks.Gradients;

/// <summary>
/// A training step of MobileNetV2 against PyTorch: the same architecture, batch, threads and update, one after the other in one run.
/// With <c>--profile</c>, instead, where our step spends its time.
/// </summary>
internal static class TrainingStep
{
    private const int Batch = 32;
    private const int Classes = 10;
    private const int Rounds = 15;

    public static int Run(string[] arguments)
    {
        var threads = Environment.ProcessorCount;
        if (arguments.Contains("--profile"))
        {
            Profile(threads);
            return 0;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"MobileNetV2, batch {Batch}, blocks 14 to 16, the last convolution and a head of {Classes} classes learn, {threads} threads"));
        StepTimes ours;
        using (var step = new MobileNetStep(Batch, Classes, threads))
            ours = step.Measure(Rounds);
        Console.WriteLine(ours);
        if (arguments.Contains("--alone"))
            return 0;
        if (Peer(threads) is not { } theirs)
        {
            Console.Error.WriteLine(TorchPython.Missing);
            return 1;
        }

        Console.WriteLine(theirs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  of PyTorch's time      frozen {ours.Frozen / theirs.Frozen,7:0.000}      learning {ours.Learning / theirs.Learning,7:0.000}      whole {ours.Whole / theirs.Whole,7:0.000}"));
        return 0;
    }

    private static void Profile(int threads)
    {
        const int Steps = 10;
        using var step = new MobileNetStep(Batch, Classes, threads, profile: true);
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

    private static StepTimes? Peer(int threads)
    {
        string[] arguments = [.. new[] { Batch, Classes, threads, Rounds }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        return TorchPython.Find() is { } python && TorchPython.Run(python, "step.py", arguments, threads) is { } line
            ? JsonSerializer.Deserialize<StepTimes>(line, JsonSerializerOptions.Web)
            : null;
    }
}
