namespace FeatureTransfer.Onnx.Quantization;

/// <summary>Takes the weights that nothing reads any more out of a graph.</summary>
internal static class UnusedWeights
{
    /// <summary>Changes the graph.</summary>
    public static void Drop(GraphProto graph)
    {
        var used = graph.Node.SelectMany(GraphCutter.Reads).Concat(graph.Output.Select(output => output.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var tensor in graph.Initializer.Where(tensor => !used.Contains(tensor.Name)).ToList())
        {
            graph.Initializer.Remove(tensor);
            FloatTensors.RemoveInput(graph, tensor.Name);
        }
    }
}
