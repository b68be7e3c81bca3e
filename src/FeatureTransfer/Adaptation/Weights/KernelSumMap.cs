using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Adaptation;

/// <summary>A sum of Gaussian kernels around rows.</summary>
internal sealed class KernelSumMap(double[][] centres, double[] weights, double width) : DomainMap
{
    public override string AddTo(GraphBuilder builder, string features, string prefix)
    {
        var distances = DistanceGraph.Add(builder, SimilarityMetric.Euclidean, [.. centres.SelectMany(row => row).Select(value => (float)value)], centres.Length, centres[0].Length, features);
        var flat = builder.Node("Reshape", prefix + "flat", [distances, builder.Constant(prefix + "one_row", [1L, -1L], 2)]);
        var scaled = builder.Node("Div", prefix + "scaled", [flat, builder.Constant(prefix + "width", [(float)(Math.Sqrt(2) * width)], 1)]);
        var kernel = builder.Node("Exp", prefix + "kernel", [builder.Node("Neg", prefix + "exponent", [builder.Node("Mul", prefix + "squared", [scaled, scaled])])]);
        return builder.Node("MatMul", prefix + "sum", [kernel, builder.Constant(prefix + "weights", [.. weights.Select(weight => (float)weight)], weights.Length, 1)]);
    }
}
