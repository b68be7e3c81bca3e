using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.FineTuning;

/// <summary>Adds to a training graph what holds the features of two domains together: rows whose labels are all 0 are the target's.</summary>
internal static class AlignmentGraph
{
    /// <summary>The input of one number: how much alignment counts; for the adversary its negative, by which the gradient is multiplied.</summary>
    public const string Strength = "FeatureTransfer.Alignment";

    /// <summary>Adds it, and asks for the gradient of both losses together.</summary>
    /// <param name="model">The graph with the loss of the labels; nodes are added.</param>
    /// <param name="labels">The input of the labels, (batch, classes).</param>
    /// <param name="layout">The names of the head.</param>
    /// <param name="options">The method.</param>
    /// <param name="request">What was asked for; its loss is that of the labels.</param>
    public static GradientRequest Append(OnnxModel model, string labels, TuningLayout layout, FineTuneOptions options, GradientRequest request)
    {
        var graph = model.Proto.Graph;
        var features = graph.Node.FirstOrDefault(node => layout.Scale is not null && node.Input.Contains(layout.Scale))?.Output[0] ?? layout.Features;
        var length = (int)Initializers.ByName(graph)[layout.FirstWeight].Dims[0];
        graph.Input.Add(GraphBuilder.FloatValue(Strength));
        var rows = new DomainRowNodes(new GraphBuilder(graph), features, labels);
        Dictionary<string, string?> factors = new(StringComparer.Ordinal);
        var part = options.Alignment.Method switch
        {
            DomainAlignmentMethod.Coral => rows.Mul(Strength, CovarianceDistance(rows, length)),
            DomainAlignmentMethod.MeanDiscrepancy => rows.Mul(Strength, MeanDiscrepancy(rows, factors)),
            _ => Adversary(rows, length, options.Alignment.Hidden, factors),
        };
        var loss = rows.Node("Add", [request.Loss, part]);
        graph.Output.Add(new ValueInfoProto { Name = loss, Type = GraphBuilder.FloatValue(loss).Type });
        return request with { Loss = loss, GradientFactors = factors };
    }

    // Cross-entropy of the sigmoid of z: softplus(z) - s z.
    private static string Adversary(DomainRowNodes rows, int length, int hidden, Dictionary<string, string?> factors)
    {
        DomainClassifierWeights.Declare(rows.Builder, length, hidden);
        var reversed = rows.Node("Identity", [rows.Features]);
        factors[reversed] = Strength;
        var first = rows.Node("Relu", [rows.Node("Gemm", [reversed, DomainClassifierWeights.FirstWeight, DomainClassifierWeights.FirstBias])]);
        var logits = rows.Node("Gemm", [first, DomainClassifierWeights.LastWeight, DomainClassifierWeights.LastBias]);
        return rows.Node("ReduceMean", [rows.Sub(rows.Node("Softplus", [logits]), rows.Mul(rows.IsSource, logits))], GraphBuilder.Int("keepdims", 0));
    }

    // The squared Frobenius distance, by 4 d^2.
    private static string CovarianceDistance(DomainRowNodes rows, int length)
    {
        var difference = rows.Sub(rows.Covariance(rows.IsSource, rows.SourceRows), rows.Covariance(rows.IsTarget, rows.TargetRows));
        return rows.Mul(rows.Sum(rows.Mul(difference, difference)), rows.Number(1f / (4f * length * length)));
    }

    // w K w, with 1/n for rows of the source and -1/m for those of the target. The widths follow the distances, and are no way to make them small.
    private static string MeanDiscrepancy(DomainRowNodes rows, Dictionary<string, string?> factors)
    {
        var distances = rows.SquaredDistances();
        var width = rows.Node("Identity", [rows.Mean(distances)]);
        factors[width] = null;
        var kernels = new[] { 0.25f, 0.5f, 1, 2, 4 }.Select(factor =>
            rows.Node("Exp", [rows.Node("Neg", [rows.Node("Div", [distances, rows.Node("Add", [rows.Mul(width, rows.Number(factor)), rows.Number(1e-12f)])])])]));
        var weights = rows.Sub(rows.Node("Div", [rows.IsSource, rows.SourceRows]), rows.Node("Div", [rows.IsTarget, rows.TargetRows]));
        return rows.Mul(rows.Sum(rows.Mul(rows.Mul(rows.Node("Sum", kernels), weights), rows.Transpose(weights))), rows.Number(0.2f));
    }
}
