using FeatureTransfer.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Benchmarks.Gradients;

/// <summary>What a network is fed with: images or texts of random content, and one class a row.</summary>
internal static class BenchmarkInputs
{
    // Ids below are marks such as [CLS].
    private const int FirstWord = 1000, LastWord = 30000;

    /// <summary>Random content for an input of a network.</summary>
    public static OrtValue Of(BenchmarkedNetwork network, TensorInfo input, int batch) => network.IsText ? Tokens(input.Name, batch, (int)network.SeamShape[0]) : Images(batch, input.Shape);

    /// <summary>One class a row, as probabilities.</summary>
    public static OrtValue Labels(int batch, int classes)
    {
        var values = new float[batch * classes];
        for (var row = 0; row < batch; row++)
            values[(row * classes) + (row * 7 % classes)] = 1;
        return OrtValue.CreateTensorValueFromMemory(values, [batch, classes]);
    }

    // No padding: every token counts.
    private static OrtValue Tokens(string name, int batch, int words)
    {
        var random = new Random(1);
        var values = new long[batch * words];
        foreach (ref var value in values.AsSpan())
            value = name.Contains("mask", StringComparison.Ordinal) ? 1 : name.Contains("type", StringComparison.Ordinal) ? 0 : random.Next(FirstWord, LastWord);
        return OrtValue.CreateTensorValueFromMemory(values, [batch, words]);
    }

    private static OrtValue Images(int batch, IReadOnlyList<long?> sizes)
    {
        long[] shape = [batch, .. sizes.Skip(1).Select(size => size ?? 224)];
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        var random = new Random(1);
        foreach (ref var value in values.AsSpan())
            value = (float)random.NextDouble();
        return OrtValue.CreateTensorValueFromMemory(values, shape);
    }
}
