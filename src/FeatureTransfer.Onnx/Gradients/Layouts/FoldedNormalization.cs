namespace FeatureTransfer.Onnx.Gradients.Layouts;

/// <summary>
/// Rewrites a convolution and the batch normalization behind it, with stored statistics, as one convolution whose weights are computed
/// from both: factor * weights and offset. All of them still learn, but forward and back no image is scaled: what the normalization
/// costs is a product with the weights.
/// </summary>
internal static class FoldedNormalization
{
    /// <summary>Rewrites a graph wherever only the normalization reads the convolution.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="kept">Tensors whose gradients are asked for.</param>
    public static void Apply(GraphProto graph, IReadOnlyCollection<string> kept)
    {
        var ranks = Ranks(graph);
        var readers = graph.Node.SelectMany(node => node.Input).Concat(graph.Output.Select(output => output.Name))
            .GroupBy(name => name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var normalizations = graph.Node
            .Where(node => node.OpType == "BatchNormalization" && IsStored(node, ranks) && !kept.Contains(node.Input[0]) && readers.GetValueOrDefault(node.Input[0]) == 1)
            .ToDictionary(node => node.Input[0], StringComparer.Ordinal);
        var folded = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        var builder = new GraphBuilder(graph);
        var nodes = graph.Node.ToList();
        graph.Node.Clear();
        foreach (var node in nodes.Where(node => !folded.Contains(node)))
        {
            if (node.OpType == "Conv" && normalizations.TryGetValue(node.Output[0], out var normalization) && ranks.TryGetValue(node.Input[1], out var rank))
            {
                Fold(builder, node, normalization, rank);
                folded.Add(normalization);
            }

            graph.Node.Add(node);
        }
    }

    private static bool IsStored(NodeProto node, Dictionary<string, int> ranks) =>
        node.Int("training_mode", 0) == 0 && node.Output.Count(output => output.Length > 0) == 1 && node.Input.Skip(1).All(ranks.ContainsKey);

    // Weights, learned or not, are all that is needed before the first image comes.
    private static Dictionary<string, int> Ranks(GraphProto graph)
    {
        const int Float = (int)TensorProto.Types.DataType.Float;
        var ranks = graph.Initializer.Where(tensor => tensor.DataType == Float).ToDictionary(tensor => tensor.Name, tensor => tensor.Dims.Count, StringComparer.Ordinal);
        foreach (var input in graph.Input.Where(input => input.Type?.TensorType is { ElemType: Float, Shape: { } shape } && shape.Dim.All(size => size.HasDimValue)))
            ranks.TryAdd(input.Name, input.Type.TensorType.Shape.Dim.Count);
        return ranks;
    }

    private static void Fold(GraphBuilder builder, NodeProto convolution, NodeProto normalization, int rank)
    {
        var name = normalization.Output[0];
        var epsilon = builder.Constant($"{name}/folded/epsilon", [normalization.Float("epsilon", 1e-5f)]);
        var deviation = Add("Sqrt", Add("Add", normalization.Input[4], epsilon));
        var factor = Add("Div", normalization.Input[1], deviation);
        var mean = convolution.InputOrEmpty(2).Length > 0 ? Add("Sub", normalization.Input[3], convolution.Input[2]) : normalization.Input[3];
        var offset = Add("Sub", normalization.Input[2], Add("Mul", mean, factor));
        var shape = builder.Constant($"{name}/folded/shape", [-1L, .. Enumerable.Repeat(1L, rank - 1)], rank);
        var weights = Add("Mul", convolution.Input[1], Add("Reshape", factor, shape));
        string[] inputs = [convolution.Input[0], weights, offset];
        convolution.Input.Clear();
        convolution.Input.AddRange(inputs);
        convolution.Output[0] = name;

        string Add(string op, params string[] operands) => builder.Node(op, builder.Unused($"{name}/folded/{op}"), operands);
    }
}
