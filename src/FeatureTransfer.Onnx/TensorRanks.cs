namespace FeatureTransfer.Onnx;

/// <summary>Asks ONNX Runtime, whose shape inference is complete, for the ranks of a model's outputs.</summary>
internal static class TensorRanks
{
    /// <summary>The rank of each output by name.</summary>
    /// <exception cref="FeatureTransferException">ONNX Runtime cannot load the model.</exception>
    public static IReadOnlyDictionary<string, int> Measure(OnnxModel model)
    {
        using var session = OrtSessions.OpenUnoptimized(model);
        return session.OutputMetadata.ToDictionary(output => output.Key, output => output.Value.Dimensions.Length, StringComparer.Ordinal);
    }
}
