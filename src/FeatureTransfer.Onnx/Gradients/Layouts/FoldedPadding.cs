namespace FeatureTransfer.Onnx.Gradients.Layouts;

/// <summary>
/// Lets convolutions pad what a Pad before them pads, so that no padded copy of an image is made, forward or back. Exporters write such a Pad where the
/// padding before and behind differs, as in networks of Keras with strides.
/// </summary>
internal static class FoldedPadding
{
    // Batch and channels.
    private const int OuterAxes = 2;

    /// <summary>Rewrites a graph; a Pad that something else reads stays for that.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="kept">Tensors whose gradients are asked for.</param>
    public static void Apply(GraphProto graph, IReadOnlyCollection<string> kept)
    {
        var constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var pads = graph.Node.Where(node => node.OpType == "Pad" && !kept.Contains(node.Output[0])).ToDictionary(node => node.Output[0], StringComparer.Ordinal);
        foreach (var node in graph.Node.Where(node => node.OpType == "Conv" && node.Text("auto_pad", "NOTSET") is "NOTSET" or "VALID"))
        {
            if (pads.TryGetValue(node.Input[0], out var pad) && Padding(pad, constants) is { } padding)
                Fold(node, pad, padding);
        }
    }

    private static void Fold(NodeProto convolution, NodeProto pad, long[] padding)
    {
        long[] sums = convolution.Ints("pads") is { } own ? [.. own.Zip(padding, (first, second) => first + second)] : padding;
        convolution.Take("pads");
        convolution.Take("auto_pad");
        convolution.Attribute.Add(GraphBuilder.Ints("pads", sums));
        convolution.Input[0] = pad.Input[0];
    }

    // Before and behind every spatial axis; null where a convolution's own padding is something else.
    private static long[]? Padding(NodeProto pad, Dictionary<string, TensorProto> constants)
    {
        if (pad.Text("mode", "constant") != "constant" || pad.InputOrEmpty(3).Length > 0 || !IsZero(pad.InputOrEmpty(2), constants))
            return null;
        if (!constants.TryGetValue(pad.InputOrEmpty(1), out var tensor) || TensorValues.Ints(tensor) is not { } sizes)
            return null;
        var rank = sizes.Length / 2;
        long[] outer = [.. sizes.Take(OuterAxes), .. sizes.Skip(rank).Take(OuterAxes)];
        return rank > OuterAxes && outer.All(size => size == 0) && sizes.All(size => size >= 0)
            ? [.. sizes[OuterAxes..rank], .. sizes[(rank + OuterAxes)..]]
            : null;
    }

    private static bool IsZero(string value, Dictionary<string, TensorProto> constants) =>
        value.Length == 0 || (constants.TryGetValue(value, out var tensor) && TensorValues.Floats(tensor) is [0]);
}
