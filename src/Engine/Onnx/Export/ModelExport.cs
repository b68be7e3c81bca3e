using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>The scores of models.</summary>
internal static class ModelExport
{
    public static string Score(OnnxGraph graph, object model, string x) => model switch
    {
        CalibratedModelParametersBase calibrated => Score(graph, calibrated.SubModel, x),
        PoissonRegressionModelParameters poisson => graph.Add("Exp", [Linear(graph, x, poisson.WeightSpan, [poisson.Bias])]),
        LinearModelParameters linear => Linear(graph, x, linear.WeightSpan, [linear.Bias]),
        MaximumEntropyModelParameters softmax => graph.Add("Softmax", [Linear(graph, x, softmax.AllWeights, [.. softmax.GetBiases()])], OnnxGraph.Attribute("axis", 1)),
        LinearMulticlassModelParametersBase linear => Linear(graph, x, linear.AllWeights, [.. linear.GetBiases()]),
        KMeansModelParameters clusters => SquaredDistances(graph, x, clusters.Centroids),
        TreeEnsembleModelParameters trees => TreeExport.Score(graph, trees, x),
        _ => throw TransformerExport.NotConvertible(model.GetType().Name),
    };

    /// <summary>Whether the smallest score is the best.</summary>
    public static bool IsDistance(object model) => model is KMeansModelParameters;

    // Weights lie as (scores, features).
    private static string Linear(OnnxGraph graph, string x, ReadOnlySpan<float> weights, float[] biases) => graph.Add(
        "Gemm", [x, graph.Constant(weights, biases.Length, weights.Length / biases.Length), graph.Constant<float>(biases, biases.Length)],
        OnnxGraph.Attribute("transB", 1));

    // Of (rows, 1, features) less (centroids, features), squared and added up.
    private static string SquaredDistances(OnnxGraph graph, string x, IReadOnlyList<float[]> centroids)
    {
        int features = centroids[0].Length;
        float[] all = [.. centroids.SelectMany(c => c)];
        float[] ones = [.. Enumerable.Repeat(1f, features)];
        string differences = graph.Add("Sub", [graph.Reshape(x, -1, 1, features), graph.Constant<float>(all, 1, centroids.Count, features)]);
        string sums = graph.Add("MatMul", [graph.Add("Mul", [differences, differences]), graph.Constant<float>(ones, features, 1)]);
        return graph.Reshape(sums, -1, centroids.Count);
    }
}
