namespace FeatureTransfer.Onnx;

/// <summary>Finds the tensors that everything passes through on its way to the outputs: the ends of layers and of residual blocks, not their insides.</summary>
internal static class Bottlenecks
{
    /// <summary>Their names; the graph's nodes have to be sorted, as ONNX wants them.</summary>
    /// <param name="model">The model, without nodes that no output needs.</param>
    /// <param name="input">The input that the way starts from.</param>
    public static HashSet<string> Find(OnnxModel model, string input)
    {
        var nodes = Path(model.Proto.Graph, input);
        var lastUse = nodes.SelectMany((node, place) => node.Input.Select(name => (name, place)))
            .Concat(model.Outputs.Select(output => (name: output.Name, place: nodes.Count)))
            .GroupBy(use => use.name, use => use.place, StringComparer.Ordinal)
            .ToDictionary(uses => uses.Key, uses => uses.Max(), StringComparer.Ordinal);
        var open = new HashSet<string>([input], StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var place = 0; place < nodes.Count; place++)
        {
            open.RemoveWhere(tensor => lastUse[tensor] <= place);
            open.UnionWith(nodes[place].Output.Where(lastUse.ContainsKey));
            if (open.Count == 1 && open.Contains(nodes[place].Output[0]))
                found.Add(nodes[place].Output[0]);
        }

        return found;
    }

    // What is asked for its sizes alone is not used.
    private static List<NodeProto> Path(GraphProto graph, string input)
    {
        var rows = new HashSet<string>([input], StringComparer.Ordinal);
        var nodes = new List<NodeProto>();
        foreach (var node in graph.Node.Where(node => node.OpType != "Shape" && node.Input.Any(rows.Contains)))
        {
            nodes.Add(node);
            rows.UnionWith(node.Output.Where(output => output.Length > 0));
        }

        return nodes;
    }
}
