namespace FeatureTransfer.Onnx;

/// <summary>Lets maxima that a graph takes over everything, the rows of a batch included, be each row's own. With one row nothing changes.</summary>
internal static class RowReductions
{
    /// <summary>Rewrites a graph in place whose operator set is 18 or newer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rank">How many dimensions the tensors have that maxima are taken of.</param>
    public static void Apply(GraphProto graph, int rank)
    {
        var builder = new GraphBuilder(graph);
        foreach (var node in graph.Node.Where(node => node.OpType == "ReduceMax" && node.Input.Count == 1))
        {
            long[] axes = [.. Enumerable.Range(1, rank - 1).Select(axis => (long)axis)];
            node.Input.Add(builder.Constant($"{node.Output[0]}/axes", axes, axes.Length));
            node.Attribute.Clear();
            node.Attribute.Add(GraphBuilder.Int("keepdims", 1));
        }

        // The bounds of a Clip are single numbers, those of a Max may differ from row to row.
        var constants = graph.Initializer.Select(tensor => tensor.Name).Concat(graph.Node.Where(node => node.OpType == "Constant").Select(node => node.Output[0])).ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Node.Where(node => node.OpType == "Clip" && node.Input.Count > 1 && node.Input[1].Length > 0 && !constants.Contains(node.Input[1])).ToList())
            Unclip(graph, builder, node);
    }

    private static void Unclip(GraphProto graph, GraphBuilder builder, NodeProto node)
    {
        var highest = node.Input.ElementAtOrDefault(2);
        node.OpType = "Max";
        if (node.Input.Count > 2)
            node.Input.RemoveAt(2);
        if (string.IsNullOrEmpty(highest))
            return;
        var output = node.Output[0];
        node.Output[0] = node.Name = builder.Unused($"{output}/raised");
        var lowered = new NodeProto { OpType = "Min", Name = output };
        lowered.Input.AddRange([node.Output[0], highest]);
        lowered.Output.Add(output);
        graph.Node.Insert(graph.Node.IndexOf(node) + 1, lowered);
    }
}
