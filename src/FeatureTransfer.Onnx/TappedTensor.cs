using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx;

/// <summary>What is known of a tensor that is tapped.</summary>
/// <param name="Rank">How many axes it has.</param>
/// <param name="IsFloat">Whether it holds 32-bit floats.</param>
internal readonly record struct TappedTensor(int Rank, bool IsFloat)
{
    /// <summary>Asks ONNX Runtime, whose shape inference is complete, for a model's outputs.</summary>
    /// <exception cref="FeatureTransferException">ONNX Runtime cannot load the model, or an output is no tensor of numbers with a row an image.</exception>
    public static IReadOnlyDictionary<string, TappedTensor> Measure(OnnxModel model)
    {
        using var session = OrtSessions.OpenForShapes(model);
        foreach (var (name, metadata) in session.OutputMetadata)
        {
            if (!metadata.IsTensor || metadata.IsString)
                throw Fault(model, name, "holds no numbers");
        }

        var ranks = session.OutputMetadata.ToDictionary(output => output.Key, output => output.Value.Dimensions.Length, StringComparer.Ordinal);
        if (ranks.ContainsValue(0))
            ranks = RanksByRunning(model, ranks);
        foreach (var (name, rank) in ranks.Where(pair => pair.Value == 0))
            throw Fault(model, name, "is one number for the whole batch, and not a row an input");
        return session.OutputMetadata.ToDictionary(output => output.Key, output => new TappedTensor(ranks[output.Key], output.Value.ElementType == typeof(float)), StringComparer.Ordinal);
    }

    // Of a shape that is computed not even the rank is known, and ONNX Runtime calls it 0: then one run tells.
    private static Dictionary<string, int> RanksByRunning(OnnxModel model, Dictionary<string, int> ranks)
    {
        using var session = OrtSessions.OpenUnoptimized(model);
        if (session.InputMetadata.Values.Any(input => input.ElementType != typeof(float) && input.ElementType != typeof(long)))
            return ranks;
        var values = session.InputMetadata.Values.Select(Sample).ToList();
        try
        {
            using var options = new RunOptions();
            using var results = session.Run(options, [.. session.InputMetadata.Keys], values, session.OutputNames);
            return session.OutputNames.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorTypeAndShape().DimensionsCount, StringComparer.Ordinal);
        }
        catch (OnnxRuntimeException)
        {
            return ranks;
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    // Ones: a mask of zeros would hide every token.
    private static OrtValue Sample(NodeMetadata input)
    {
        const int Open = 2;
        long[] shape = [.. input.Dimensions.Select((size, axis) => size > 0 ? size : axis == 0 ? 1L : Open)];
        var length = shape.Aggregate(1L, (product, size) => product * size);
        if (input.ElementType == typeof(float))
            return OrtValue.CreateTensorValueFromMemory(new float[length], shape);
        var ones = new long[length];
        Array.Fill(ones, 1L);
        return OrtValue.CreateTensorValueFromMemory(ones, shape);
    }

    private static FeatureTransferException Fault(OnnxModel model, string name, string what) =>
        new($"{model.Name}: the layer '{name}' {what}. Name another; 'ft models inspect' lists them.");
}
