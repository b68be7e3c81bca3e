namespace FeatureTransfer.Heads;

/// <summary>Logarithms of the classes' shares of the votes of several classifiers, each of which votes for one.</summary>
/// <param name="members">The classifiers.</param>
/// <param name="votes">What the vote of each counts.</param>
internal sealed class BoostedDecision(LinearDecision[] members, double[] votes) : HeadDecision
{
    // Keeps shares off 0: so much of all votes is split among all classes.
    private const double Prior = 0.01;

    /// <inheritdoc/>
    public override HeadDecision Spread(IReadOnlyList<int> places, int count) => new BoostedDecision(Array.ConvertAll(members, member => (LinearDecision)member.Spread(places, count)), votes);

    /// <inheritdoc/>
    public override string AddTo(GraphBuilder builder, string features)
    {
        var (classes, sum) = (members[0].Biases.Length, votes.Sum());
        float[] weights = [.. members.SelectMany(member => member.Weights)], biases = [.. members.SelectMany(member => member.Biases)];
        var all = builder.Node("Gemm", "head_members", [features, builder.Constant("head_weights", weights, biases.Length, weights.Length / biases.Length), builder.Constant("head_biases", biases, biases.Length)], GraphBuilder.Int("transB", 1));
        var each = builder.Node("Reshape", "head_each", [all, builder.Constant("head_each_shape", [members.Length, (long)classes], 2)]);
        var best = builder.Node("ArgMax", "head_best", [each], GraphBuilder.Int("axis", 1), GraphBuilder.Int("keepdims", 0));
        var chosen = builder.Node("OneHot", "head_chosen", [best, builder.Constant("head_classes", [(long)classes], 1), builder.Constant("head_vote", [0f, 1f], 2)]);
        float[] shares = [.. votes.Select(vote => (float)(vote / sum * (1 - Prior)))];
        var counted = builder.Node("MatMul", "head_shares", [builder.Constant("head_votes", shares, 1, shares.Length), chosen]);
        return builder.Node("Log", "head_logits", [builder.Node("Add", "head_smooth", [counted, builder.Constant("head_prior", [(float)(Prior / classes)], 1)])]);
    }
}
