namespace FeatureTransfer.Onnx;

/// <summary>
/// Takes <c>auto_pad: VALID</c> off convolutions. It says the same as nothing, and keeps ONNX Runtime from folding the Pad before a convolution into it:
/// the Pad then runs by itself, between two reorderings of its tensor, which took a sixth of MobileNetV2's time.
/// </summary>
internal static class ValidPadding
{
    /// <summary>Takes it off the convolutions of a graph, whose nodes may belong to other graphs too: those stay as they are.</summary>
    public static void Drop(GraphProto graph)
    {
        for (var i = 0; i < graph.Node.Count; i++)
        {
            if (graph.Node[i] is not { OpType: "Conv" } node || node.Text("auto_pad", "") != "VALID")
                continue;
            graph.Node[i] = node.Clone();
            graph.Node[i].Take("auto_pad");
        }
    }
}
