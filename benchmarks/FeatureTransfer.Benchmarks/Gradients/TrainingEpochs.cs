using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FeatureTransfer.Benchmarks.Against.Node;
using FeatureTransfer.Benchmarks.Gradients.Torch;
using FeatureTransfer.FineTuning;
using Microsoft.ML;

namespace FeatureTransfer.Benchmarks.Gradients;

/// <summary>
/// Ten epochs of the <c>FineTune</c> trainer, files to model, against the usual loop of PyTorch, which has its images decoded in memory
/// and runs the frozen part in every epoch.
/// </summary>
internal static class TrainingEpochs
{
    private const int Batch = 32, Classes = 10, Images = 320, Epochs = 10;

    public static int Run()
    {
        var threads = Environment.ProcessorCount;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"MobileNetV2, {Images} images, {Epochs} epochs, batch {Batch}, blocks 14 to 16, the last convolution and a head of {Classes} classes learn, {threads} threads"));
        var ours = Ours();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  FeatureTransfer, files to model           {ours,7:0.0} s"));
        if (Theirs(threads) is not { } theirs)
        {
            Console.Error.WriteLine(TorchPython.Missing);
            return 1;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  PyTorch, frozen part in every epoch       {theirs,7:0.0} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  times faster                              {theirs / ours,7:0.00}"));
        return 0;
    }

    private static double Ours()
    {
        var rows = Photographs.Take(null, Images).Select((path, i) => new Row { ImagePath = path, Label = (i % Classes).ToString(CultureInfo.InvariantCulture) });
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(rows);
        var options = new FineTuneOptions
        {
            Backbone = "mobilenet_v2.nsfwjs",
            Layers = ["features"],
            TrainableFrom = "block_14_expand",
            BatchSize = Batch,
            HeadEpochs = 1,
            Epochs = Epochs,
            ValidationFraction = 0,
            UseCache = false,
        };
        var trainer = ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.MulticlassClassification.Trainers.FineTune(options));
        var clock = Stopwatch.StartNew();
        trainer.Fit(data);
        return clock.Elapsed.TotalSeconds;
    }

    private static double? Theirs(int threads)
    {
        string[] arguments = [.. new[] { Batch, Classes, threads, Images, Epochs }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        if (TorchPython.Find() is not { } python || TorchPython.Run(python, "epochs.py", arguments, threads) is not { } line)
            return null;
        using var answer = JsonDocument.Parse(line);
        return answer.RootElement.GetProperty("seconds").GetDouble();
    }

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
