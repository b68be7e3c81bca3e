using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Vision;
using Element = Onnx.TensorProto.Types.DataType;

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
        NaiveBayesMulticlassModelParameters bayes => NaiveBayes(graph, bayes, x),
        OneVersusAllModelParameters all => OneVersusAll(graph, all, x),
        KMeansModelParameters clusters => SquaredDistances(graph, x, clusters.Centroids),
        TreeEnsembleModelParameters trees => TreeExport.Score(graph, trees, x),
        IImageModel => throw TransformerExport.NotConvertible(
            "Decoding encoded images, with which ImageClassification begins (what follows it is an ONNX file in the options' WorkspacePath),"),
        _ => throw TransformerExport.NotConvertible(model.GetType().Name),
    };

    /// <summary>Whether the smallest score is the best.</summary>
    public static bool IsDistance(object model) => model is KMeansModelParameters;

    /// <summary>The probability that a score of this model stands for.</summary>
    public static string Probability(OnnxGraph graph, IProbabilisticModel model, string score) => model.Calibrator is PlattCalibrator platt
        ? PredictionExport.Probability(graph, platt, score)
        : throw TransformerExport.NotConvertible(model.Calibrator.GetType().Name);

    // A feature counts where it is greater than zero.
    private static string NaiveBayes(OnnxGraph graph, NaiveBayesMulticlassModelParameters model, string x)
    {
        string present = graph.Cast(graph.Add("Greater", [x, graph.Scalar(0f)]), Element.Float);
        float[] gains = [.. model.Gains.SelectMany(g => g).Select(g => (float)g)];
        return Linear(graph, present, gains, [.. model.None.Select(n => (float)n)]);
    }

    private static string OneVersusAll(OnnxGraph graph, OneVersusAllModelParameters model, string x)
    {
        string[] scores = [.. model.Models.Select(m => Score(graph, m, x))];
        if (model.UseProbabilities)
            scores = [.. scores.Select((score, k) => model.Models[k] is IProbabilisticModel calibrated ? Probability(graph, calibrated, score) : score)];
        string all = graph.Add("Concat", scores, OnnxGraph.Attribute("axis", 1));
        return model.UseProbabilities ? Shares(graph, all, scores.Length) : all;
    }

    // Divided by their sum, unless that is 0.
    private static string Shares(OnnxGraph graph, string values, int classes)
    {
        string sum = graph.Add("MatMul", [values, graph.Constant<float>(Enumerable.Repeat(1f, classes).ToArray(), classes, 1)]);
        string isZero = graph.Add("Equal", [sum, graph.Scalar(0f)]);
        return graph.Add("Where", [isZero, values, graph.Add("Div", [values, sum])]);
    }

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
