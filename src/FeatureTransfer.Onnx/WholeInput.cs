using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx;

/// <summary>Gives a graph of tokens inputs of 64-bit integers, (batch, tokens), and converts in the graph to what it was exported with.</summary>
internal static class WholeInput
{
    /// <summary>The graph behind conversions, or the model itself where nothing has to be converted.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="names">The inputs; those that the model does not have are passed over.</param>
    /// <exception cref="FeatureTransferException">An input holds no whole numbers, or has fewer than two axes.</exception>
    public static OnnxModel Apply(OnnxModel model, IReadOnlyList<string> names)
    {
        var odd = model.Proto.Graph.Input.Where(input => names.Contains(input.Name) && !IsUsual(input)).Select(input => input.Name).ToList();
        if (odd.Count == 0)
            return model;
        var proto = model.Proto.Clone();
        var nodes = proto.Graph.Node.ToList();
        proto.Graph.Node.Clear();
        var builder = new GraphBuilder(proto.Graph);
        foreach (var name in odd)
        {
            var input = proto.Graph.Input.Single(input => input.Name == name);
            Rename(nodes, name, Convert(builder, model, input));
            proto.Graph.Input[proto.Graph.Input.IndexOf(input)] = GraphBuilder.TokenValue(name);
        }

        proto.Graph.Node.AddRange(nodes);
        return new OnnxModel(proto, model.Name);
    }

    private static bool IsUsual(ValueInfoProto input) => input.Type.TensorType is { ElemType: (int)ElementType.Int64, Shape.Dim.Count: 2 };

    private static string Convert(GraphBuilder builder, OnnxModel model, ValueInfoProto input)
    {
        var (type, rank) = ((ElementType)input.Type.TensorType.ElemType, input.Type.TensorType.Shape?.Dim.Count ?? 0);
        if (!(FloatInput.IsWhole(type) || type is ElementType.Bool or ElementType.Float) || rank < 2)
            throw new FeatureTransferException($"{model.Name}: the input '{input.Name}' is {type} of {rank} axes. Expected whole numbers (batch, tokens); export the model so.");
        var converted = type == ElementType.Int64 ? input.Name : builder.Node("Cast", builder.Unused($"{input.Name}/converted"), [input.Name], GraphBuilder.Int("to", (long)type));
        if (rank == 2)
            return converted;

        // Axes between the batch and the tokens, as some exports have them for several answers to one question.
        long[] shape = [0, .. Enumerable.Repeat(1L, rank - 2), -1];
        return builder.Node("Reshape", builder.Unused($"{input.Name}/shaped"), [converted, builder.Constant($"{input.Name}/shape", shape, shape.Length)]);
    }

    private static void Rename(IEnumerable<NodeProto> nodes, string name, string converted)
    {
        if (name != converted)
            FloatInput.Rename(nodes, name, converted);
    }
}
