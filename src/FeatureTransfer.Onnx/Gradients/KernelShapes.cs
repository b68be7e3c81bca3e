using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>
/// Writes into a graph which shapes operators of our own give. ONNX Runtime knows none of them where a size is free; behind them it would then know no
/// shape at all, and could not let an operator write its result where its input lies.
/// </summary>
internal static class KernelShapes
{
    /// <summary>Notes the shape of each output of such an operator. A free size gets a name that stands for how it was measured: sizes that change alike are one.</summary>
    public static void Note(GraphProto graph, TensorTable tensors)
    {
        foreach (var output in graph.Node.Where(node => node.Domain == KernelOperators.Domain).Select(node => node.Output[0]))
        {
            if (tensors[output] is { First: { } first, Second: { } second } && first.Length == second.Length)
                graph.ValueInfo.Add(Value(output, first, second));
        }
    }

    private static ValueInfoProto Value(string name, long[] first, long[] second)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(first.Zip(second, Size));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } },
        };
    }

    private static TensorShapeProto.Types.Dimension Size(long first, long second) =>
        first == second ? new() { DimValue = first } : new() { DimParam = $"size/{first}/{second}" };
}
