using System.Diagnostics;
using System.Text.Json;
using FeatureTransfer.Benchmarks.Against.Node;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Benchmarks.Against.OpenCv;

/// <summary>The program in benchmarks/peers/opencv: a loop of OpenCvSharp and ONNX Runtime over the same model file and images.</summary>
internal sealed class OpenCvPeer(string folder, string modelPath, ImagePreprocessing preprocessing)
{
    private const int WarmUp = 32, Sample = 8;

    /// <summary>The first features that the last run gave.</summary>
    public float[][] LastSample { get; private set; } = [];

    /// <summary>Builds the program and gives the folder of what was built.</summary>
    public static string Build()
    {
        var root = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(root, "benchmarks", "peers", "opencv")))
            root = Path.GetDirectoryName(root) ?? throw new DirectoryNotFoundException("benchmarks/peers/opencv lies in no folder above this program.");
        var project = Path.Combine(root, "benchmarks", "peers", "opencv");
        using var build = Process.Start("dotnet", ["build", project, "-c", "Release", "--nologo", "-v", "q"]);
        build.WaitForExit();
        return build.ExitCode == 0 ? Path.Combine(project, "bin", "Release", "net10.0") : throw new InvalidOperationException($"{project} could not be built.");
    }

    /// <summary>The loop, a process each time; the process and its first images do not count.</summary>
    public Contender Loop() => new("OpenCvSharp, Parallel.For", [new("one session, 1 intra-op thread", Run)]);

    private double Run(IReadOnlyList<string> images)
    {
        var job = Path.GetTempFileName();
        try
        {
            File.WriteAllText(job, JsonSerializer.Serialize(
                new Job(modelPath, images, preprocessing.Width, preprocessing.Height, preprocessing.Scale, preprocessing.Mean, preprocessing.Std, WarmUp, Sample), JsonSerializerOptions.Web));
            var outcome = JsonSerializer.Deserialize<Outcome>(Start(job), JsonSerializerOptions.Web)!;
            LastSample = outcome.Sample;
            return outcome.ImagesPerSecond;
        }
        finally
        {
            File.Delete(job);
        }
    }

    private string Start(string job)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "OpenCvPeer.dll"), job]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.WriteLine();
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The peer ended with {process.ExitCode}.");
    }

    private sealed record Job(
        string Model, IReadOnlyList<string> Images, int Width, int Height, float Scale, IReadOnlyList<float> Mean, IReadOnlyList<float> Std, int WarmUp, int Sample);

    private sealed record Outcome(double ImagesPerSecond, float[][] Sample);
}
