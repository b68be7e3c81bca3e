namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Finds the tensors through which the loss depends on what learns.</summary>
internal static class TrainablePath
{
    /// <summary>The tensors of floating point numbers between the trainable ones and the loss, both included.</summary>
    public static IReadOnlySet<string> Find(GraphProto graph, IEnumerable<string> trainable, string loss, TensorTable tensors)
    {
        var depends = trainable.ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Node.Where(node => GraphCutter.Reads(node).Any(depends.Contains)))
            depends.UnionWith(node.Output.Where(output => TensorValues.IsFloating(tensors[output].Type)));

        var reaches = new HashSet<string>(StringComparer.Ordinal) { loss };
        foreach (var node in graph.Node.Reverse().Where(node => node.Output.Any(reaches.Contains)))
            reaches.UnionWith(GraphCutter.Reads(node).Where(depends.Contains));
        reaches.IntersectWith(depends);
        return reaches;
    }
}
