using System.Diagnostics;
using System.Globalization;
using FeatureTransfer.FineTuning;
using Microsoft.ML;

namespace FeatureTransfer.Benchmarks.Gradients.Torch;

/// <summary>
/// The memory that fine-tuning takes: the last three blocks of a ResNet-50 that PyTorch exported, in batches of 32 through the FineTune
/// trainer. The peak is that of the whole process. <c>--training-memory [--augmented]</c>
/// </summary>
internal static class TrainingMemory
{
    private const int Images = 96;
    private const int Classes = 4;
    private const double Allowed = 4.0 * (1L << 30);

    public static int Measure(string[] arguments)
    {
        if (TorchPython.Find() is not { } python)
        {
            Console.Error.WriteLine(TorchPython.Missing);
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("ft-memory-").FullName;
        try
        {
            // Nothing that an earlier run found out or kept.
            Environment.SetEnvironmentVariable("FT_HOME", folder);
            if (TorchPython.Run(python, "gradients.py", ["resnet50", folder, "2", "--export-only"], 2) is null)
                return 1;
            Train(Path.Combine(folder, "model.onnx"), arguments.Contains("--augmented"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        using var process = Process.GetCurrentProcess();
        var peak = process.PeakWorkingSet64;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  peak of the process {peak / (double)(1 << 20):0} MiB"));
        return peak < Allowed ? 0 : 1;
    }

    private static void Train(string backbone, bool augmented)
    {
        var ml = new MLContext(1);
        var rows = ml.Data.LoadFromEnumerable(EmojiFiles.Take(Images).Select((path, i) => new Row { ImagePath = path, Class = i % Classes }));
        var keyed = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Class)).Fit(rows).Transform(rows);
        var options = new FineTuneOptions
        {
            Backbone = backbone,
            Layers = ["/avgpool/GlobalAveragePool_output_0"],
            TrainablePatterns = ["layer4.*"],
            HeadEpochs = 1,
            Epochs = 2,
            BatchSize = 32,
            AlwaysKeepTuned = true,
            Mix = augmented ? new MixOptions { MixupAlpha = 0.4, Place = MixPlace.Images } : new MixOptions(),
        };
        using var tuned = ml.MulticlassClassification.Trainers.FineTune(options).Fit(keyed);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ResNet-50, batch {options.BatchSize}, {tuned.Summary!.TunedWeights:N0} weights of the last three blocks and the head learn, AdamW, {(augmented ? "the frozen part in every step" : "the frozen part once")}"));
    }

    private sealed class Row
    {
        public string ImagePath { get; init; } = "";

        public int Class { get; init; }
    }
}
