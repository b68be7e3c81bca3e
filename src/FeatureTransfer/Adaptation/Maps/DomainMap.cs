namespace FeatureTransfer.Adaptation;

/// <summary>What becomes of the features of one domain's rows, as nodes of a graph for one row.</summary>
internal abstract class DomainMap
{
    /// <summary>Adds it to a graph.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="features">The features, (1, dimension).</param>
    /// <param name="prefix">What the names of nodes begin with.</param>
    /// <returns>The outcome, (1, length).</returns>
    public abstract string AddTo(GraphBuilder builder, string features, string prefix);
}

/// <summary>All stays.</summary>
internal sealed class SameMap : DomainMap
{
    public override string AddTo(GraphBuilder builder, string features, string prefix) => builder.Node("Identity", prefix + "same", [features]);
}
