using System.Diagnostics;
using System.Text.Json;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Benchmarks.Against.Node;

/// <summary>The scripts in benchmarks/peers/node: sharp and onnxruntime-node on the same model file and images.</summary>
internal sealed class NodePeer(string folder, string modelPath, ImagePreprocessing preprocessing)
{
    private const int WarmUp = 32, Sample = 8;

    /// <summary>The first features that the last run gave.</summary>
    public float[][] LastSample { get; private set; } = [];

    /// <summary>The folder of the scripts, or null where it is not there or its packages are not installed.</summary>
    public static string? FindFolder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var peer = Path.Combine(folder, "benchmarks", "peers", "node");
            if (Directory.Exists(Path.Combine(peer, "node_modules", "onnxruntime-node")))
                return peer;
        }

        return null;
    }

    /// <summary>Decoding overlapped with inference, over batch 1 to 32 and one or two threads.</summary>
    public Contender Fair() => Of("node, overlapped (fair)", "overlapped", [1, 2, 4, 8, 16, 32]);

    /// <summary>A batch is decoded, then inferred.</summary>
    public Contender Plain() => Of("node, plain", "plain", [8, 32]);

    private Contender Of(string name, string mode, int[] batches) => new(name, [.. from batch in batches
                                                                                  from threads in Enumerable.Range(1, 2)
                                                                                  select Setting(mode, batch, threads)]);

    private Setting Setting(string mode, int batch, int threads) =>
        new($"batch {batch}, {threads} intra-op threads", images => Run(images, new PeerSetting(mode, batch, threads)));

    private double Run(IReadOnlyList<string> images, PeerSetting setting)
    {
        var job = Path.GetTempFileName();
        try
        {
            File.WriteAllText(job, JsonSerializer.Serialize(
                new Job(modelPath, images, preprocessing.Width, preprocessing.Height, preprocessing.Scale, preprocessing.Mean, preprocessing.Std, WarmUp, Sample, [setting]), JsonSerializerOptions.Web));
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
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "extract.mjs"), job]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"node ended with {process.ExitCode}.");
    }

    private sealed record PeerSetting(string Mode, int Batch, int Threads);

    private sealed record Job(
        string Model, IReadOnlyList<string> Images, int Width, int Height, float Scale, IReadOnlyList<float> Mean, IReadOnlyList<float> Std, int WarmUp, int Sample,
        IReadOnlyList<PeerSetting> Settings);

    private sealed record Outcome(double ImagesPerSecond, float[][] Sample);
}
