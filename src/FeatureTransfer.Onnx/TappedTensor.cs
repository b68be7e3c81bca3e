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
        using var session = OrtSessions.OpenUnoptimized(model);
        foreach (var (name, metadata) in session.OutputMetadata)
        {
            if (!metadata.IsTensor || metadata.IsString)
                throw Fault(model, name, "holds no numbers");
            if (metadata.Dimensions.Length == 0)
                throw Fault(model, name, "is one number for the whole batch, and not a row an image");
        }

        return session.OutputMetadata.ToDictionary(output => output.Key, output => new TappedTensor(output.Value.Dimensions.Length, output.Value.ElementType == typeof(float)), StringComparer.Ordinal);
    }

    private static FeatureTransferException Fault(OnnxModel model, string name, string what) =>
        new($"{model.Name}: the layer '{name}' {what}. Name another; 'ft models inspect' lists them.");
}
