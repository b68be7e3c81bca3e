using System.Collections.Immutable;
using System.Numerics;
using static Microsoft.ML.Transforms.NormalizingTransformer;
using static Onnx.TensorProto.Types;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>The normalizers, in the number type of their column.</summary>
internal static class NormalizerExport
{
    public static void Export(OnnxExport export, NormalizerModelParametersBase parameters, DataViewSchema.Column source, string target)
    {
        string x = export.Value(source);
        export.Set(target, parameters switch
        {
            AffineNormalizerModelParameters<float> p => Affine<float>(export.Graph, x, [p.Scale], [p.Offset]),
            AffineNormalizerModelParameters<ImmutableArray<float>> p => Affine(export.Graph, x, p.Scale, p.Offset),
            AffineNormalizerModelParameters<double> p => Affine<double>(export.Graph, x, [p.Scale], [p.Offset]),
            AffineNormalizerModelParameters<ImmutableArray<double>> p => Affine(export.Graph, x, p.Scale, p.Offset),
            CdfNormalizerModelParameters<float> p => Cdf<float>(export.Graph, x, [p.Mean], [p.StandardDeviation], p.UseLog),
            CdfNormalizerModelParameters<ImmutableArray<float>> p => Cdf(export.Graph, x, p.Mean, p.StandardDeviation, p.UseLog),
            CdfNormalizerModelParameters<double> p => Cdf<double>(export.Graph, x, [p.Mean], [p.StandardDeviation], p.UseLog),
            CdfNormalizerModelParameters<ImmutableArray<double>> p => Cdf(export.Graph, x, p.Mean, p.StandardDeviation, p.UseLog),
            BinNormalizerModelParameters<float> p => Bin(export.Graph, x, [p.UpperBounds], [p.Density], [p.Offset]),
            BinNormalizerModelParameters<ImmutableArray<float>> p => Bin(export.Graph, x, p.UpperBounds, p.Density, p.Offset),
            BinNormalizerModelParameters<double> p => Bin(export.Graph, x, [p.UpperBounds], [p.Density], [p.Offset]),
            BinNormalizerModelParameters<ImmutableArray<double>> p => Bin(export.Graph, x, p.UpperBounds, p.Density, p.Offset),
            _ => throw TransformerExport.NotConvertible(parameters.GetType().Name),
        });
    }

    private static string Affine<T>(OnnxGraph graph, string x, ImmutableArray<T> scale, ImmutableArray<T> offset)
        where T : unmanaged, INumber<T>
    {
        if (offset.Any(o => o != T.Zero))
            x = graph.Add("Sub", [x, Row(graph, offset)]);
        return graph.Add("Mul", [x, Row(graph, scale)]);
    }

    // The share of a normal distribution below x; 0 for what is not finite, has no spread or no logarithm.
    private static string Cdf<T>(OnnxGraph graph, string x, ImmutableArray<T> mean, ImmutableArray<T> deviation, bool useLog)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string zero = graph.Scalar(T.Zero);
        string counts = graph.Add("Equal", [graph.Add("Sub", [x, x]), zero]);
        if (useLog)
            counts = graph.Add("And", [counts, graph.Add("Greater", [x, zero])]);
        string value = useLog ? graph.Add("Log", [x]) : x;
        var spread = deviation.Select(d => d == T.Zero ? T.One : d * T.Sqrt(T.CreateChecked(2))).ToImmutableArray();
        string z = graph.Add("Div", [graph.Add("Sub", [value, Row(graph, mean)]), Row(graph, spread)]);
        string erf = Erf(graph, graph.Cast(z, DataType.Double));
        string share = graph.Add("Mul", [graph.Add("Add", [erf, graph.Scalar(1.0)]), graph.Scalar(0.5)]);
        string masked = graph.Add("Mul", [graph.Cast(share, OnnxElement.Of(typeof(T))!.Value), Row(graph, [.. deviation.Select(d => d == T.Zero ? T.Zero : T.One)])]);
        return graph.Add("Where", [counts, masked, zero]);
    }

    // As ErrorFunction has it: sign(z) sqrt(1 - exp(-z² (4/pi + a z²) / (1 + a z²))). In double: the difference is small near 0.
    private static string Erf(OnnxGraph graph, string z)
    {
        string square = graph.Add("Mul", [z, z]);
        string scaled = graph.Add("Mul", [square, graph.Scalar(ErrorFunction.A)]);
        string above = graph.Add("Mul", [square, graph.Add("Add", [scaled, graph.Scalar(4 / Math.PI)])]);
        string quotient = graph.Add("Div", [above, graph.Add("Add", [scaled, graph.Scalar(1.0)])]);
        string rest = graph.Add("Sub", [graph.Scalar(1.0), graph.Add("Exp", [graph.Add("Neg", [quotient])])]);
        return graph.Add("Mul", [graph.Add("Sign", [z]), graph.Add("Sqrt", [rest])]);
    }

    // The number of bounds below x, but for the last: (batch, slots, 1) against (slots, bounds).
    private static string Bin<T>(OnnxGraph graph, string x, ImmutableArray<ImmutableArray<T>> bounds, ImmutableArray<T> density, ImmutableArray<T> offset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int most = Math.Max(1, bounds.Max(b => b.Length - 1));
        var padded = new T[bounds.Length * most];
        Array.Fill(padded, T.PositiveInfinity);
        for (int slot = 0; slot < bounds.Length; slot++)
            bounds[slot].AsSpan(0, Math.Max(0, bounds[slot].Length - 1)).CopyTo(padded.AsSpan(slot * most));
        string above = graph.Add("Greater", [graph.Reshape(x, -1, bounds.Length, 1), graph.Constant<T>(padded, 1, bounds.Length, most)]);
        var ones = Enumerable.Repeat(T.One, most).ToArray();
        string count = graph.Add("MatMul", [graph.Cast(above, OnnxElement.Of(typeof(T))!.Value), graph.Constant<T>(ones, most, 1)]);
        string share = graph.Add("Div", [graph.Reshape(count, -1, bounds.Length), Row(graph, density)]);
        if (offset.Any(o => o != T.Zero))
            share = graph.Add("Sub", [share, Row(graph, offset)]);
        return graph.Add("Where", [graph.Add("IsNaN", [x]), x, share]);
    }

    private static string Row<T>(OnnxGraph graph, ImmutableArray<T> values)
        where T : unmanaged => graph.Constant(values.AsSpan(), 1, values.Length);
}
