using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Quantization;

/// <summary>Runs a graph in floats over a sample and measures how large the channels of its tensors become.</summary>
internal static class ChannelMaxima
{
    /// <summary>The largest absolute value of each channel, the last axis, of each tensor, and the graph's first output for each element of the sample.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="tensors">The tensors to measure.</param>
    /// <param name="sample">The inputs by their names; they may differ in shape, and belong to the sample.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FeatureTransferException">The sample is empty, or the graph gives values that are no finite numbers.</exception>
    public static (Dictionary<string, float[]> Tensors, List<float[]> Outputs) Over(
        OnnxModel model, IReadOnlyCollection<string> tensors, IEnumerable<IReadOnlyDictionary<string, OrtValue>> sample, CancellationToken cancellationToken)
    {
        var maxima = new Dictionary<string, float[]>(StringComparer.Ordinal);
        using var session = CalibrationRun.Open(model, tensors);
        var result = session.OutputNames.ToList().IndexOf(model.Proto.Graph.Output[0].Name);
        List<float[]> outputs = [];
        using var options = new RunOptions();
        foreach (var inputs in sample)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var results = session.Run(options, session.InputNames, [.. session.InputNames.Select(name => inputs[name])], session.OutputNames);
            for (var i = 0; i < results.Count; i++)
            {
                if (tensors.Contains(session.OutputNames[i]))
                    Raise(model, session.OutputNames[i], maxima, results[i]);
            }

            outputs.Add(results[result].GetTensorDataAsSpan<float>().ToArray());
        }

        return outputs.Count > 0 ? (maxima, outputs) : throw CalibrationRun.Empty(model);
    }

    private static void Raise(OnnxModel model, string tensor, Dictionary<string, float[]> maxima, OrtValue value)
    {
        var values = value.GetTensorDataAsSpan<float>();
        var channels = (int)value.GetTensorTypeAndShape().Shape[^1];
        if (!maxima.TryGetValue(tensor, out var largest))
            maxima[tensor] = largest = new float[channels];
        for (var row = 0; row < values.Length; row += channels)
        {
            for (var channel = 0; channel < channels; channel++)
                largest[channel] = MathF.Max(largest[channel], MathF.Abs(values[row + channel]));
        }

        if (!Array.TrueForAll(largest, float.IsFinite))
            throw CalibrationRun.NotFinite(model, tensor, null);
    }
}
