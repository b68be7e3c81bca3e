using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Heads;

/// <summary>Logarithms of the classes' shares of the nearest rows' votes.</summary>
/// <param name="rows">The features, (rows, dimension), prepared for the metric.</param>
/// <param name="dimension">Features a row.</param>
/// <param name="votes">How each row's vote is divided among the classes, (rows, classes).</param>
/// <param name="classes">How many classes there are.</param>
/// <param name="options">How many vote, and how.</param>
internal sealed class VoteDecision(float[] rows, int dimension, float[] votes, int classes, KNearestNeighboursOptions options) : HeadDecision
{
    // A row at distance 0 outvotes all others, and nothing divides by 0.
    private const float Nearest = 1e-6f;

    private int Count => rows.Length / dimension;

    /// <inheritdoc/>
    public override HeadDecision Spread(IReadOnlyList<int> places, int count)
    {
        var spread = new float[Count * count];
        for (var i = 0; i < votes.Length; i++)
            spread[(i / classes * count) + places[i % classes]] = votes[i];
        return new VoteDecision(rows, dimension, spread, count, options);
    }

    /// <inheritdoc/>
    public override string AddTo(GraphBuilder builder, string features)
    {
        var k = Math.Min(options.K, Count);
        var distances = builder.Node("Reshape", "head_distances", [DistanceGraph.Add(builder, options.Metric, rows, Count, dimension, features), builder.Constant("head_flat", [1L, -1L], 2)]);
        builder.Node("TopK", "head_nearest", [distances, builder.Constant("head_k", [(long)k], 1)], GraphBuilder.Int("largest", 0));
        builder.Graph.Node[^1].Output.Add("head_rows");
        var weights = options.Weights == NeighbourWeights.Distance ? ByDistance(builder, k) : builder.Constant("head_weights", Enumerable.Repeat(1f, k).ToArray(), 1, k);

        // The votes of each class: the sum over k of (1, k, 1) times (1, k, classes).
        var shares = builder.Node("Gather", "head_classes", [builder.Constant("head_labels", votes, Count, classes), "head_rows"]);
        var ballots = builder.Node("Mul", "head_row_votes", [shares, builder.Node("Reshape", "head_row_weights", [weights, builder.Constant("head_row_shape", [1L, k, 1L], 3)])]);
        var flat = builder.Node("ReduceSum", "head_votes", [ballots, builder.Constant("head_voters", [1L], 1)], GraphBuilder.Int("keepdims", 0));

        // One more vote, split among all classes, keeps shares off 0.
        var smooth = builder.Node("Add", "head_smooth", [flat, builder.Constant("head_prior", [1f / classes], 1)]);
        return builder.Node("Log", "head_logits", [builder.Node("Div", "head_shares", [smooth, builder.Constant("head_total", [k + 1f], 1)])]);
    }

    private static string ByDistance(GraphBuilder builder, int k)
    {
        var bounded = builder.Node("Max", "head_bounded", ["head_nearest", builder.Constant("head_least", [Nearest], 1)]);
        var inverse = builder.Node("Reciprocal", "head_inverse", [bounded]);
        var sum = builder.Node("ReduceSum", "head_inverse_sum", [inverse, builder.Constant("head_axis", [1L], 1)]);
        return builder.Node("Mul", "head_vote_weights", [builder.Node("Div", "head_vote_shares", [inverse, sum]), builder.Constant("head_count", [(float)k], 1)]);
    }
}
