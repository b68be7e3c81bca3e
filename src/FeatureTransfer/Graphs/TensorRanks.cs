using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Graphs;

/// <summary>Asks ONNX Runtime, whose shape inference is complete, for the ranks of a model's outputs.</summary>
internal static class TensorRanks
{
    /// <summary>The rank of each output by name.</summary>
    /// <exception cref="FeatureTransferException">ONNX Runtime cannot load the model.</exception>
    public static IReadOnlyDictionary<string, int> Measure(OnnxModel model)
    {
        // Nothing is run, so nothing is optimized: loading is for the shapes alone.
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            IntraOpNumThreads = 1,
        };
        try
        {
            using var session = new InferenceSession(model.ToBytes(), options);
            return session.OutputMetadata.ToDictionary(output => output.Key, output => output.Value.Dimensions.Length, StringComparer.Ordinal);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new FeatureTransferException($"{model.Name}: ONNX Runtime cannot load the model. {exception.Message}", exception);
        }
    }
}
