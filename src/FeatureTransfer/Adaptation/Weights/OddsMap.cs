using FeatureTransfer.Diagnostics;

namespace FeatureTransfer.Adaptation;

/// <summary>The odds of a linear classifier of the domains, such that source rows weigh 1 on average.</summary>
internal sealed class OddsMap(DomainClassifier classifier, float mean) : DomainMap
{
    // Beyond this an odds ratio is no finite float.
    private const float Largest = 80;

    /// <summary>Learns the classifier.</summary>
    public static OddsMap Learn(DomainRows rows, CancellationToken cancellation)
    {
        var all = DomainClassifier.Rows(rows.Source, rows.Target);
        var classifier = DomainClassifier.Learn(all, cancellation);
        var mean = Enumerable.Range(0, rows.Source.Length).Average(row => Math.Exp(Math.Min(classifier.LogRatio(all.Row(row)), Largest)));
        return new OddsMap(classifier, (float)Math.Max(mean, float.Epsilon));
    }

    public override string AddTo(GraphBuilder builder, string features, string prefix)
    {
        var sum = builder.Node("Gemm", prefix + "log_odds", [features, builder.Constant(prefix + "weights", classifier.Weights, classifier.Weights.Length, 1), builder.Constant(prefix + "bias", [classifier.Bias], 1)]);
        var odds = builder.Node("Exp", prefix + "odds", [builder.Node("Min", prefix + "finite", [sum, builder.Constant(prefix + "largest", [Largest], 1, 1)])]);
        return builder.Node("Div", prefix + "ratio", [odds, builder.Constant(prefix + "mean", [mean], 1, 1)]);
    }
}
