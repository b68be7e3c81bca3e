namespace FeatureTransfer.Onnx.Fusion;

/// <summary>Tells which nodes take the mean over height and width of images (batch, channels, height, width).</summary>
internal static class MeanOverImages
{
    /// <summary>Whether such a node keeps both axes; null where the node is none.</summary>
    /// <param name="node">The node.</param>
    /// <param name="constant">The whole numbers of a constant; null for what is none.</param>
    public static bool? KeepsAxes(NodeProto node, Func<string, long[]?> constant)
    {
        if (node.OpType == "GlobalAveragePool")
            return true;
        if (node.OpType != "ReduceMean")
            return null;
        var axes = node.Ints("axes") ?? constant(node.InputOrEmpty(1)) ?? [];
        return axes.Select(axis => axis < 0 ? axis + 4 : axis).Order().SequenceEqual([2L, 3L]) ? node.Int("keepdims", 1) != 0 : null;
    }
}
