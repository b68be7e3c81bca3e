using System.Diagnostics;
using System.Numerics.Tensors;
using FeatureTransfer.Backbones;
using FeatureTransfer.Devices;
using FeatureTransfer.Inputs.Images;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Variants;

/// <summary>Compares the features of a variant with the original's.</summary>
internal static class VariantComparer
{
    /// <summary>Runs both on each image, in turn.</summary>
    /// <exception cref="BadInputException">An image cannot be used.</exception>
    public static VariantComparison Compare(ModelCard card, OnnxModel original, OnnxModel variant, IReadOnlyList<string> sample, CancellationToken cancellationToken)
    {
        using var left = Open(card, original);
        using var right = Open(card, variant);
        var preprocessor = new ImagePreprocessor(card.Preprocessing);
        var tensor = new float[card.Preprocessing.TensorLength];
        var similarities = new List<double>();
        var (leftTimes, rightTimes) = (new List<double>(), new List<double>());
        foreach (var path in sample)
        {
            cancellationToken.ThrowIfCancellationRequested();
            preprocessor.ReadFile(path, tensor);
            similarities.Add(Similarity(Run(left, card, tensor, leftTimes), Run(right, card, tensor, rightTimes)));
        }

        var least = similarities.Min();
        return new VariantComparison(sample.Count, least, similarities.Average(), sample[similarities.IndexOf(least)], Median(leftTimes) / Median(rightTimes));
    }

    private static InferenceSession Open(ModelCard card, OnnxModel model)
    {
        var layers = new Backbone(card, model.Name, "").ResolveLayers(model, null);
        var graph = FeatureGraph.Build(model, layers, card.DefaultPooling);
        return DeviceSessions.Open(graph, model.Name, new SessionSettings { Device = Device.Cpu });
    }

    private static float[] Run(InferenceSession session, ModelCard card, float[] tensor, List<double> times)
    {
        var preprocessing = card.Preprocessing;
        long[] shape = preprocessing.Layout == TensorLayout.Nchw ? [1, 3, preprocessing.Height, preprocessing.Width] : [1, preprocessing.Height, preprocessing.Width, 3];
        using var input = OrtValue.CreateTensorValueFromMemory(tensor, shape);
        using var options = new RunOptions();
        var start = Stopwatch.GetTimestamp();
        using var results = session.Run(options, [session.InputNames[0]], [input], session.OutputNames);
        times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    // Two vectors of zeros are alike, though they have no angle.
    private static double Similarity(float[] left, float[] right) =>
        left.AsSpan().SequenceEqual(right) ? 1 : TensorPrimitives.CosineSimilarity<float>(left, right) is var cosine && float.IsNaN(cosine) ? 0 : cosine;

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
