using System.Diagnostics;
using FeatureTransfer.Fuzzing.Targets;
using SharpFuzz;

namespace FeatureTransfer.Fuzzing;

/// <summary>
/// <c>FeatureTransfer.Fuzzing NAME</c> is what afl-fuzz starts; with files or folders behind the name it reads these and says what became of each;
/// without a name it lists the targets.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments is [])
        {
            foreach (var known in FuzzTargets.All)
                Console.WriteLine(known.Name);
            return 0;
        }

        if (FuzzTargets.Find(arguments[0]) is not { } target)
        {
            Console.Error.WriteLine($"There is no target '{arguments[0]}'. Expected one of {string.Join(", ", FuzzTargets.All.Select(known => known.Name))}.");
            return 2;
        }

        if (arguments is [_, .. { Length: > 0 } paths])
            return Replay(target, paths.SelectMany(Files));

        // In a process of its own: afl-fuzz goes on where the input takes the process down, by a stack that overflows or a fault in native code.
        Fuzzer.OutOfProcess.Run(stream => FuzzTargets.Feed(target, Content(stream)));
        return 0;
    }

    private static int Replay(IFuzzTarget target, IEnumerable<string> files)
    {
        var findings = 0;
        foreach (var file in files)
        {
            var start = Stopwatch.GetTimestamp();
            string outcome;
            try
            {
                outcome = FuzzTargets.Feed(target, File.ReadAllBytes(file)) ?? "accepted";
            }
            catch (Exception exception)
            {
                findings++;
                outcome = $"FINDING {exception}";
            }

            Console.WriteLine($"{file} ({Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms): {outcome}");
        }

        return findings == 0 ? 0 : 1;
    }

    private static IEnumerable<string> Files(string path) => Directory.Exists(path) ? Directory.EnumerateFiles(path).Order(StringComparer.Ordinal) : [path];

    private static byte[] Content(Stream stream)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
