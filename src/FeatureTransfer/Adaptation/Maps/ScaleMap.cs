namespace FeatureTransfer.Adaptation;

/// <summary>Each feature less a number, times another.</summary>
internal sealed class ScaleMap(float[] centre, float[] scale) : DomainMap
{
    public override string AddTo(GraphBuilder builder, string features, string prefix)
    {
        var centred = builder.Node("Sub", prefix + "centred", [features, builder.Constant(prefix + "centre", centre, 1, centre.Length)]);
        return builder.Node("Mul", prefix + "scaled", [centred, builder.Constant(prefix + "scale", scale, 1, scale.Length)]);
    }
}
