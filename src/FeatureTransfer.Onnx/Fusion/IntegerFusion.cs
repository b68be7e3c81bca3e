using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Integers;
using FeatureTransfer.Onnx.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>
/// Puts operators of our own in place of what ONNX Runtime does slowly in graphs of 8-bit integers, where the machine has the instructions: depthwise
/// convolutions, means over images of bytes, and the way of an image into blocks of bytes. They give the same bytes; means differ by rounding.
/// </summary>
internal static class IntegerFusion
{
    /// <summary>A model with these operators, optimized by ONNX Runtime; null where it has no place for them, or they cannot be had.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    public static OnnxModel? TryApply(OnnxModel model)
    {
        if (!IntegerLayout.IsFast || model.Proto.Graph.Node.All(node => node.OpType != "QuantizeLinear"))
            return null;
        try
        {
            var optimized = FoldedModel.Optimized(model, GraphOptimizationLevel.ORT_ENABLE_ALL);
            if (!Rewrite(optimized.Proto.Graph))
                return null;
            KernelOperators.DeclareIn(optimized.Proto);
            return optimized;
        }
        catch (FeatureTransferException)
        {
            // ONNX Runtime does not load it: whoever opens it says so.
            return null;
        }
    }

    /// <summary>Rewrites a graph that ONNX Runtime has optimized.</summary>
    /// <returns>Whether there was something.</returns>
    public static bool Rewrite(GraphProto graph)
    {
        var matches = new IntegerMatches(graph);
        var builder = new GraphBuilder(graph);
        var nodes = graph.Node.ToList();
        graph.Node.Clear();
        var isChanged = false;
        foreach (var node in nodes)
        {
            if (matches.Of(node) is not { } match)
            {
                graph.Node.Add(node);
                continue;
            }

            isChanged = true;
            builder.Node(match.Operator, node.Output[0], [match.Input, .. match.Constants(builder)], match.Geometry);
            graph.Node[^1].Domain = KernelOperators.Domain;
        }

        if (isChanged)
            DropUnread(graph);
        return isChanged;
    }

    private static void DropUnread(GraphProto graph)
    {
        var read = graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = graph.Node.Count - 1; i >= 0; i--)
        {
            if (graph.Node[i].Output.Any(read.Contains))
                read.UnionWith(GraphCutter.Reads(graph.Node[i]));
            else
                graph.Node.RemoveAt(i);
        }

        UnusedWeights.Drop(graph);
    }
}
