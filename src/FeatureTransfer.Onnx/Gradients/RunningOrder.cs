namespace FeatureTransfer.Onnx.Gradients;

/// <summary>
/// Arranges nodes so that gradients are computed as soon as they can be. Of the nodes that nothing reads ONNX Runtime runs the last one first, after all that
/// it needs. So those that give the gradients of the first layer are written before those of the last: layer by layer gradients are then computed, and what
/// they are made of is freed. The other way round all layers keep that until the first has its gradients: half of the memory of a step of ResNet-18.
/// </summary>
internal static class RunningOrder
{
    /// <summary>Moves the nodes that put gradients out behind the others, each after the node that computes it where no other reads that; the last written come first.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="gradients">The outputs that are gradients; a node of one input gives each that is no constant.</param>
    public static void Arrange(GraphProto graph, IReadOnlySet<string> gradients)
    {
        var readers = graph.Node.SelectMany(node => node.Input).CountBy(name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var places = graph.Node.SelectMany((node, place) => node.Output.Select(output => (output, place))).ToDictionary(pair => pair.output, pair => pair.place, StringComparer.Ordinal);
        int Place(NodeProto output) => places.GetValueOrDefault(output.Input[0], -1);
        NodeProto[] last = [.. graph.Node.Where(node => gradients.Contains(node.Output[0])).OrderByDescending(Place).SelectMany(output => Single(output).Append(output))];
        var moved = last.ToHashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        NodeProto[] nodes = [.. graph.Node.Where(node => !moved.Contains(node)), .. last];
        graph.Node.Clear();
        graph.Node.AddRange(nodes);

        // The node before, where only this one reads it: ONNX Runtime makes one of the two.
        IEnumerable<NodeProto> Single(NodeProto output) =>
            Place(output) is var place && place >= 0 && graph.Node[place].Output.Sum(name => readers.GetValueOrDefault(name)) == 1 ? [graph.Node[place]] : [];
    }
}
