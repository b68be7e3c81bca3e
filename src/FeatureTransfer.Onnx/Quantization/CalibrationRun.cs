using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Quantization;

/// <summary>Runs a graph in floats over a sample and measures its tensors.</summary>
internal static class CalibrationRun
{
    /// <summary>The distribution of each tensor, and the graph's first output for each row of the sample.</summary>
    /// <param name="model">The graph, with one input.</param>
    /// <param name="tensors">The tensors to measure, the input among them.</param>
    /// <param name="sample">Rows of the input.</param>
    /// <param name="row">The shape of a row, without the batch.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FeatureTransferException">The sample is empty, or the graph gives values that are no finite numbers.</exception>
    public static (Dictionary<string, ActivationHistogram> Tensors, List<float[]> Outputs) Over(
        OnnxModel model, IReadOnlyCollection<string> tensors, IEnumerable<float[]> sample, long[] row, CancellationToken cancellationToken)
    {
        var histograms = tensors.ToDictionary(tensor => tensor, _ => new ActivationHistogram(), StringComparer.Ordinal);
        var input = model.Inputs[0].Name;
        using var session = Open(model, tensors.Where(tensor => tensor != input));
        var result = session.OutputNames.ToList().IndexOf(model.Proto.Graph.Output[0].Name);
        List<float[]> outputs = [];
        using var options = new RunOptions();
        foreach (var values in sample)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var value = OrtValue.CreateTensorValueFromMemory(values, [1, .. row]);
            using var results = session.Run(options, [input], [value], session.OutputNames);
            if (histograms.TryGetValue(input, out var histogram))
                Add(model, input, histogram, values);
            for (var i = 0; i < results.Count; i++)
            {
                if (histograms.TryGetValue(session.OutputNames[i], out histogram))
                    Add(model, session.OutputNames[i], histogram, results[i].GetTensorDataAsSpan<float>());
            }

            outputs.Add(results[result].GetTensorDataAsSpan<float>().ToArray());
        }

        return outputs.Count > 0 ? (histograms, outputs) : throw Empty(model);
    }

    /// <summary>What to say of a sample that is empty.</summary>
    public static FeatureTransferException Empty(OnnxModel model) => new($"{model.Name}: the sample to calibrate on is empty. Give some inputs of the kind that the model will see.");

    /// <summary>What to say of a tensor that cannot be measured.</summary>
    public static FeatureTransferException NotFinite(OnnxModel model, string tensor, Exception? inner) =>
        new($"{model.Name}: tensor '{tensor}' is not finite on the sample, so it has no range of integers. Stay with floats.", inner);

    /// <summary>A session that gives these tensors, too.</summary>
    public static InferenceSession Open(OnnxModel model, IEnumerable<string> tensors)
    {
        var proto = model.Proto.Clone();
        proto.Graph.Output.AddRange(tensors.Except(proto.Graph.Output.Select(output => output.Name)).Select(name => new ValueInfoProto { Name = name }));
        using var options = OnnxRuntimeLibrary.NewOptions();
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new InferenceSession(new OnnxModel(proto, model.Name).ToBytes(), options);
    }

    private static void Add(OnnxModel model, string tensor, ActivationHistogram histogram, ReadOnlySpan<float> values)
    {
        try
        {
            histogram.Add(values);
        }
        catch (NotFiniteNumberException exception)
        {
            throw NotFinite(model, tensor, exception);
        }
    }
}
