namespace FeatureTransfer.Adaptation;

/// <summary>1 for every row.</summary>
internal sealed class OneMap : DomainMap
{
    public override string AddTo(GraphBuilder builder, string features, string prefix) => builder.Constant(prefix + "one", [1f], 1, 1);
}

/// <summary>Weights that are at most a number.</summary>
internal sealed class BoundedMap(DomainMap inner, double most) : DomainMap
{
    public override string AddTo(GraphBuilder builder, string features, string prefix) =>
        builder.Node("Min", prefix + "bounded", [inner.AddTo(builder, features, prefix), builder.Constant(prefix + "most", [(float)most], 1, 1)]);
}
