using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TorchSharp;
using TorchSharpPeer;

// NETWORK BATCH CLASSES THREADS STEPS: for every line on standard input a round's medians in milliseconds as JSON.
// epochs BATCH CLASSES THREADS EPOCHS FILE: fine-tunes MobileNetV2 on the images that the file lists, a path a line, and prints the seconds as JSON.
var clock = Stopwatch.StartNew();
var numbers = Array.ConvertAll(args[1..5], argument => int.Parse(argument, CultureInfo.InvariantCulture));
torch.set_num_threads(numbers[2]);
if (args[0] == "epochs")
{
    var seconds = new SmartLoop(numbers[0], numbers[1], numbers[3]).Run(File.ReadAllLines(args[5]), clock);
    Console.WriteLine(JsonSerializer.Serialize(new { first = seconds.First, whole = seconds.Whole, megabytes = PeakMegabytes() }));
    return;
}

using var step = new TrainingStep(args[0], numbers[0], numbers[1]);
step.Whole();
var first = clock.Elapsed.TotalMilliseconds;
while (Console.ReadLine() is not null)
{
    var times = new { name = "TorchSharp", frozen = Median(step.Frozen, Math.Max(3, numbers[3] / 4)), learning = Median(step.Learn, numbers[3]), whole = Median(step.Whole, Math.Max(3, numbers[3] / 4)), first, megabytes = PeakMegabytes() };
    Console.WriteLine(JsonSerializer.Serialize(times));
}

static double Median(Action work, int count)
{
    work();
    work();
    var times = new double[count];
    for (var i = 0; i < count; i++)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    Array.Sort(times);
    return times[count / 2];
}

static double PeakMegabytes() => File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2] is var kilobytes
    ? double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024
    : 0;
