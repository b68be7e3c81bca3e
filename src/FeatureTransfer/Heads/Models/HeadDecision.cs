namespace FeatureTransfer.Heads;

/// <summary>From features to logits.</summary>
internal abstract class HeadDecision
{
    /// <summary>The same for a key with more classes than were learned from: those that had no row are never the answer.</summary>
    /// <param name="places">The place of each class that was learned from.</param>
    /// <param name="count">How many classes the key has.</param>
    public abstract HeadDecision Spread(IReadOnlyList<int> places, int count);

    /// <summary>Adds the nodes that compute the logits, (1, classes).</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="features">The features, (1, dimension).</param>
    public abstract string AddTo(GraphBuilder builder, string features);
}
