using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>Runs a model of floats or doubles, with doubles on the outside.</summary>
internal sealed class NumberSession(OnnxModel model) : IDisposable
{
    private readonly InferenceSession _session = Open(model);

    /// <summary>Values and shapes of all outputs by name; only the inputs that the model has are fed.</summary>
    public Dictionary<string, (double[] Values, long[] Shape)> Run(IEnumerable<KeyValuePair<string, (double[] Values, long[] Shape)>> feeds)
    {
        var given = feeds.Where(feed => _session.InputMetadata.ContainsKey(feed.Key)).ToList();
        var values = given.ConvertAll(feed => Value(feed.Key, feed.Value.Values, feed.Value.Shape));
        using var options = new RunOptions();
        using var results = _session.Run(options, [.. given.Select(feed => feed.Key)], values, _session.OutputNames);
        values.ForEach(value => value.Dispose());
        return _session.OutputNames.Zip(results).ToDictionary(pair => pair.First, pair => (Numbers(pair.Second), pair.Second.GetTensorTypeAndShape().Shape));
    }

    public void Dispose() => _session.Dispose();

    private static InferenceSession Open(OnnxModel model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return new InferenceSession(model.ToBytes(), options);
    }

    private OrtValue Value(string name, double[] values, long[] shape) => _session.InputMetadata[name].ElementDataType == TensorElementType.Double
        ? OrtValue.CreateTensorValueFromMemory(values, shape)
        : OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (float)value), shape);

    private static double[] Numbers(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType == TensorElementType.Double
        ? value.GetTensorDataAsSpan<double>().ToArray()
        : Array.ConvertAll(value.GetTensorDataAsSpan<float>().ToArray(), number => (double)number);
}
