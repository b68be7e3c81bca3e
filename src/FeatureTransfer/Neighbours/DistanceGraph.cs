namespace FeatureTransfer.Neighbours;

/// <summary>Distances from one row to items as nodes of a graph, as <see cref="VectorSpace.Distances"/> computes them.</summary>
internal static class DistanceGraph
{
    private const string Prefix = "FeatureTransfer.";

    /// <summary>Adds the distances.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="items">The items, (count, dimension), prepared for the metric.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="dimension">Values an item.</param>
    /// <param name="features">The row, (1, dimension).</param>
    public static string Add(GraphBuilder builder, SimilarityMetric metric, ReadOnlySpan<float> items, int count, int dimension, string features)
    {
        var all = builder.Constant(Prefix + "items", items, count, dimension);
        if (metric == SimilarityMetric.Euclidean)
        {
            // Each row against all items: (rows, 1, dimension) less (count, dimension).
            var rows = builder.Node("Reshape", Prefix + "one_row", [features, builder.Constant(Prefix + "one_row_shape", [1L, 1L, dimension], 3)]);
            var difference = builder.Node("Sub", Prefix + "difference", [rows, all]);
            return builder.Node("ReduceL2", Prefix + "distances", [difference], GraphBuilder.Ints("axes", 2));
        }

        var cosines = builder.Node("Gemm", Prefix + "cosines", [Direction(builder, features), all], GraphBuilder.Int("transB", 1));
        return builder.Node("Relu", Prefix + "distances", [builder.Node("Sub", Prefix + "apart", [builder.Constant(Prefix + "one", [1f], 1), cosines])]);
    }

    /// <summary>Adds the row brought to length 1; one of zeros stays.</summary>
    public static string Direction(GraphBuilder builder, string features)
    {
        var length = builder.Node("ReduceL2", Prefix + "length", [features], GraphBuilder.Ints("axes", 1));
        var divisor = builder.Node("Max", Prefix + "divisor", [length, builder.Constant(Prefix + "smallest", [1e-37f], 1)]);
        return builder.Node("Div", Prefix + "direction", [features, divisor]);
    }
}
