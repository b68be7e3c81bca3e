namespace FeatureTransfer.Onnx.Gradients;

/// <summary>
/// Lets batch normalizations that learn use the mean and the variance of the batch instead of the stored ones
/// (Ioffe and Szegedy 2015, arXiv:1502.03167): the two are computed in front of the node and take the stored ones' place.
/// </summary>
internal static class BatchStatistics
{
    /// <summary>Changes every batch normalization whose scale or offset learns; returns what the batch's statistics are called.</summary>
    public static IReadOnlyList<BatchStatistic> Apply(GraphProto graph, IReadOnlyCollection<string> trainable)
    {
        var builder = new GraphBuilder(new GraphProto { Name = graph.Name, Node = { graph.Node }, Initializer = { graph.Initializer }, Input = { graph.Input } });
        var learning = trainable.ToHashSet(StringComparer.Ordinal);
        var statistics = new List<BatchStatistic>();
        var nodes = graph.Node.ToList();
        var constants = builder.Graph.Initializer.Count;
        graph.Node.Clear();
        foreach (var node in nodes)
        {
            if (node.OpType == "BatchNormalization" && (learning.Contains(node.Input[1]) || learning.Contains(node.Input[2])))
            {
                builder.Graph.Node.Clear();
                statistics.Add(Replace(builder, node));
                graph.Node.AddRange(builder.Graph.Node);
            }

            graph.Node.Add(node);
        }

        graph.Initializer.AddRange(builder.Graph.Initializer.Skip(constants));
        return statistics;
    }

    private static BatchStatistic Replace(GraphBuilder builder, NodeProto node)
    {
        var name = node.Output[0];
        var input = node.Input[0];
        var rows = builder.Node("Reshape", builder.Unused($"{name}/batch/rows"), [input, builder.Constant($"{name}/batch/shape", [0L, 0L, -1L], 3)]);
        var axes = builder.Constant($"{name}/batch/axes", [0L, 2L], 2);
        var mean = Mean(builder, $"{name}/batch/mean", rows, axes);
        var centred = builder.Node("Sub", builder.Unused($"{name}/batch/centred"), [rows, mean]);
        var squared = builder.Node("Mul", builder.Unused($"{name}/batch/squared"), [centred, centred]);
        var variance = Mean(builder, $"{name}/batch/variance", squared, axes);
        var flat = builder.Constant($"{name}/batch/flat", [-1L], 1);
        var statistic = new BatchStatistic(
            node.Input[3],
            node.Input[4],
            builder.Node("Reshape", builder.Unused($"{name}/batch/means"), [mean, flat]),
            builder.Node("Reshape", builder.Unused($"{name}/batch/variances"), [variance, flat]),
            node.Float("momentum", 0.9f));
        node.Input[3] = statistic.BatchMean;
        node.Input[4] = statistic.BatchVariance;
        return statistic;
    }

    private static string Mean(GraphBuilder builder, string name, string tensor, string axes) =>
        builder.Node("ReduceMean", builder.Unused(name), [tensor, axes], GraphBuilder.Int("keepdims", 1));
}
