namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Drops what no output needs.</summary>
internal static class DeadNodes
{
    /// <summary>Removes nodes and initializers that nothing reads; inputs stay.</summary>
    public static void Remove(GraphProto graph)
    {
        var needed = graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var alive = new List<NodeProto>();
        foreach (var node in graph.Node.Reverse().Where(node => node.Output.Any(needed.Contains)))
        {
            alive.Add(node);
            needed.UnionWith(GraphCutter.Reads(node));
        }

        alive.Reverse();
        graph.Node.Clear();
        graph.Node.AddRange(alive);
        var weights = graph.Initializer.Where(tensor => needed.Contains(tensor.Name)).ToList();
        graph.Initializer.Clear();
        graph.Initializer.AddRange(weights);
    }
}
