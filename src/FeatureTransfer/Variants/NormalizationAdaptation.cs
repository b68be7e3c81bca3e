using System.Runtime.InteropServices;
using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Opsets;
using FeatureTransfer.Onnx.Proto;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Variants;

/// <summary>
/// Takes the means and variances that batch normalizations have stored from other images (Li and others 2016, "Revisiting batch normalization for practical domain adaptation",
/// arXiv:1603.04779). All images run as one batch, so that each normalization sees what those before it make of the same images.
/// </summary>
internal static class NormalizationAdaptation
{
    private const int Scale = 1, Mean = 3, Variance = 4;

    /// <summary>The model with other means and variances; all else stays.</summary>
    /// <param name="original">The model, of one input.</param>
    /// <param name="batch">The tensors of the images, one after the other.</param>
    /// <param name="row">The shape of one, without the batch.</param>
    /// <exception cref="FeatureTransferException">The model has no batch normalization that stands for itself, or takes one image at a time.</exception>
    public static OnnxModel Apply(OnnxModel original, float[] batch, IReadOnlyList<long> row)
    {
        var adapted = FreeBatch.Apply(original);
        if (adapted.HasFixedBatch)
            throw new FeatureTransferException($"{original.Name}: the model takes a fixed number of images at a time, for {FreeBatch.Obstacle(original)} may depend on it, and statistics need many at once. Export it with a free batch.");
        var proto = adapted.Proto.Clone();
        var stored = proto.Graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var norms = proto.Graph.Node.Where(node => node.OpType == "BatchNormalization").ToList();
        if (norms.Find(node => !stored.ContainsKey(node.Input[Mean]) || !stored.ContainsKey(node.Input[Variance])) is { } computed)
            throw new FeatureTransferException($"{original.Name}: the batch normalization '{computed.Output[0]}' stores no mean and variance in floats. Take the model as it was before its weights were made smaller.");
        if (norms.Count == 0)
            throw new FeatureTransferException($"{original.Name}: has no batch normalization that stands for itself. Where normalizations were folded into convolutions, what they had normalized by is lost: export the model without folding, or bring its features together by AdaptFeatures.");
        foreach (var (name, values) in Measure(adapted, [.. norms.Select(node => node.Input[Scale])], batch, row))
        {
            stored[name].FloatData.Clear();
            stored[name].RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values));
        }

        return new OnnxModel(proto, original.Name);
    }

    private static IEnumerable<(string Name, float[] Values)> Measure(OnnxModel model, IReadOnlyCollection<string> scales, float[] batch, IReadOnlyList<long> row)
    {
        var measured = new OnnxModel(model.Proto.Clone(), model.Name);
        OpsetUpgrade.Apply(measured);
        var graph = measured.Proto.Graph;
        var statistics = BatchStatistics.Apply(graph, scales);
        graph.Output.Clear();
        graph.ValueInfo.Clear();
        string[] names = [.. statistics.SelectMany(statistic => new[] { statistic.Mean, statistic.Variance })];
        string[] outputs = [.. statistics.SelectMany(statistic => new[] { statistic.BatchMean, statistic.BatchVariance })];
        graph.Output.AddRange(outputs.Select(name => new ValueInfoProto { Name = name }));
        using var options = OnnxRuntimeLibrary.NewOptions();
        using var session = new InferenceSession(measured.ToBytes(), options);
        using var images = OrtValue.CreateTensorValueFromMemory(batch, [batch.Length / row.Aggregate(1L, (product, size) => product * size), .. row]);
        using var run = new RunOptions();
        using var results = session.Run(run, [measured.Inputs[0].Name], [images], outputs);
        return [.. names.Select((name, place) => (name, results[place].GetTensorDataAsSpan<float>().ToArray()))];
    }
}
