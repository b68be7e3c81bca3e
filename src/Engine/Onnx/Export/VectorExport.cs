using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>What is done to vectors row by row: norms, projections, missing values, choice of slots.</summary>
internal static class VectorExport
{
    /// <summary>Scaled to norm 1; as it is where the norm is 0 or beyond measure.</summary>
    public static string Normalize(OnnxGraph graph, LpNormNormalizingTransformer transformer, string x, int slots)
    {
        string ones = graph.Constant<float>(Enumerable.Repeat(1f, slots).ToArray(), slots, 1);
        string mean = graph.Add("Div", [graph.Add("MatMul", [x, ones]), graph.Scalar((float)slots)]);
        if (transformer.EnsureZeroMean)
            x = graph.Add("Sub", [x, mean]);
        string norm = transformer.Norm switch
        {
            LpNormNormalizingEstimatorBase.NormFunction.L2 => graph.Add("Sqrt", [graph.Add("MatMul", [graph.Add("Mul", [x, x]), ones])]),
            LpNormNormalizingEstimatorBase.NormFunction.L1 => graph.Add("MatMul", [graph.Add("Abs", [x]), ones]),
            LpNormNormalizingEstimatorBase.NormFunction.Infinity => Largest(graph, graph.Add("Abs", [x]), slots),
            _ => Deviation(graph, transformer.EnsureZeroMean ? x : graph.Add("Sub", [x, mean]), ones, slots),
        };
        string one = graph.Scalar(1f);
        string factor = graph.Add("Div", [one, norm]);
        string tooSmall = graph.Add("Less", [factor, graph.Scalar(LpNormNormalizingTransformer.SmallestFactor)]);
        string counts = graph.Add("And", [graph.Add("Greater", [norm, graph.Scalar(0f)]), graph.Add("Not", [tooSmall])]);
        string scaled = graph.Add("Mul", [graph.Add("Where", [counts, factor, one]), graph.Scalar(transformer.Scale)]);
        return graph.Add("Mul", [x, scaled]);
    }

    public static string Project(OnnxGraph graph, Projection projection, string x)
    {
        float[] weights = [.. projection.Vectors.SelectMany(v => v)];
        float[] biases = [.. projection.Offsets.Select(o => -o)];
        return graph.Add(
            "Gemm", [x, graph.Constant<float>(weights, projection.Rank, projection.Features), graph.Constant<float>(biases, projection.Rank)],
            OnnxGraph.Attribute("transB", 1));
    }

    /// <summary>Numbers in place of missing values: one for each slot, or one for all.</summary>
    public static string Replace(OnnxGraph graph, double[] replacements, DataViewType item, string x) => item.RawType == typeof(float)
        ? Replace<float>(graph, replacements, x)
        : Replace<double>(graph, replacements, x);

    /// <summary>The chosen slots; where none is, a zero stands for the whole.</summary>
    public static string Select(OnnxGraph graph, int[] slots, DataViewType item, string x)
    {
        long[] places = slots.Length > 0 ? [.. slots.Select(s => (long)s)] : [0];
        string chosen = graph.Add("Gather", [x, graph.Constant<long>(places, places.Length)], OnnxGraph.Attribute("axis", 1));
        return slots.Length > 0 ? chosen : graph.Cast(graph.Add("Greater", [chosen, chosen]), OnnxElement.Of(item)!.Value);
    }

    private static string Replace<T>(OnnxGraph graph, double[] replacements, string x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] values = [.. replacements.Select(T.CreateTruncating)];
        return graph.Add("Where", [graph.Add("IsNaN", [x]), graph.Constant<T>(values, 1, values.Length), x]);
    }

    private static string Deviation(OnnxGraph graph, string centred, string ones, int slots) =>
        graph.Add("Sqrt", [graph.Add("Div", [graph.Add("MatMul", [graph.Add("Mul", [centred, centred]), ones]), graph.Scalar((float)slots)])]);

    // By pooling, whose form no version of the operators has changed.
    private static string Largest(OnnxGraph graph, string x, int slots) =>
        graph.Reshape(graph.Add("GlobalMaxPool", [graph.Reshape(x, -1, 1, slots)]), -1, 1);
}
