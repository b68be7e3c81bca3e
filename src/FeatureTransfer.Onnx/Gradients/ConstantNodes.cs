namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Turns nodes that hold a constant into initializers, so that there is one place to look.</summary>
internal static class ConstantNodes
{
    /// <summary>Changes the graph.</summary>
    public static void ToInitializers(GraphProto graph)
    {
        var constants = graph.Node.Where(node => node.OpType == "Constant" && Value(node) is not null).ToList();
        var outputs = graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in constants.Where(node => !outputs.Contains(node.Output[0])))
        {
            var tensor = Value(node)!;
            tensor.Name = node.Output[0];
            graph.Initializer.Add(tensor);
            graph.Node.Remove(node);
        }
    }

    private static TensorProto? Value(NodeProto node) => node.Attribute.FirstOrDefault() is not { } attribute ? null : attribute.Name switch
    {
        "value" => attribute.T?.Clone(),
        "value_int" => TensorValues.Ints([attribute.I]),
        "value_ints" => TensorValues.Ints([.. attribute.Ints], attribute.Ints.Count),
        "value_float" => TensorValues.Floats(TensorProto.Types.DataType.Float, [attribute.F]),
        "value_floats" => TensorValues.Floats(TensorProto.Types.DataType.Float, [.. attribute.Floats], attribute.Floats.Count),
        _ => null,
    };
}
