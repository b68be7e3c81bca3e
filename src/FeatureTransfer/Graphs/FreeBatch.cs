using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace FeatureTransfer.Graphs;

/// <summary>Frees a batch dimension that a model has fixed to 1, where nothing in the graph depends on it.</summary>
internal static class FreeBatch
{
    // Operators that treat the rows of a batch apart, whatever their attributes say, as long as axis 0 is not named.
    private static readonly HashSet<string> _rowwise = new(StringComparer.Ordinal)
    {
        "Conv", "ConvTranspose", "BatchNormalization", "InstanceNormalization", "LRN", "Relu", "LeakyRelu", "PRelu", "Clip", "Sigmoid",
        "HardSigmoid", "HardSwish", "Tanh", "Elu", "Selu", "Softplus", "Erf", "Gelu", "Add", "Sub", "Mul", "Div", "Sum", "Max", "Min",
        "Pow", "Sqrt", "Exp", "Abs", "Neg", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "Dropout", "Identity",
        "Pad", "Gemm", "Flatten", "Concat", "Softmax", "LogSoftmax", "Transpose", "Cast", "Reshape",
    };

    /// <summary>A model with a free batch, or the model itself when its batch is free already or cannot be freed for sure.</summary>
    public static OnnxModel Apply(OnnxModel model)
    {
        if (!model.HasFixedBatch || model.Inputs is not [{ Shape: [1, ..] }])
            return model;
        var proto = model.Proto.Clone();
        var constants = Constants(proto.Graph);
        var rows = RowTensors(proto.Graph, model.Inputs[0].Name);
        var nodes = proto.Graph.Node.Where(node => node.Input.Any(rows.Contains)).ToList();
        if (!nodes.All(node => IsRowwise(node, constants) && TakesRowsWhereItMay(node, rows)))
            return model;
        foreach (var node in nodes.Where(node => node.OpType == "Reshape"))
            FreeReshape(proto.Graph, constants[node.Input[1]], node);

        var input = proto.Graph.Input.Single(value => value.Name == model.Inputs[0].Name);
        input.Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimParam = "batch" };
        proto.Graph.ValueInfo.Clear();
        foreach (var output in proto.Graph.Output.Where(output => output.Type?.TensorType is not null))
            output.Type.TensorType.Shape = null;
        return new OnnxModel(proto, model.Name);
    }

    private static Dictionary<string, TensorProto> Constants(GraphProto graph)
    {
        var constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var node in graph.Node.Where(node => node.OpType == "Constant"))
        {
            if (node.Attribute.FirstOrDefault(attribute => attribute.Name == "value")?.T is { } tensor)
                constants[node.Output[0]] = tensor;
        }

        return constants;
    }

    // What is computed from the input has one row an image; the rest of the graph only prepares constants.
    private static HashSet<string> RowTensors(GraphProto graph, string input)
    {
        var rows = new HashSet<string>(StringComparer.Ordinal) { input };
        foreach (var node in graph.Node.Where(node => node.Input.Any(rows.Contains)))
            rows.UnionWith(node.Output);
        return rows;
    }

    private static bool IsRowwise(NodeProto node, Dictionary<string, TensorProto> constants) => _rowwise.Contains(node.OpType) && node.OpType switch
    {
        "Concat" or "Softmax" or "LogSoftmax" => Attribute(node, "axis", 1).I is > 0 or -1,
        "Flatten" => Attribute(node, "axis", 1).I == 1,
        "Transpose" => node.Attribute.FirstOrDefault(attribute => attribute.Name == "perm") is { Ints: [0, ..] },
        "Reshape" => constants.TryGetValue(node.Input[1], out var shape) && Shape(shape) is [1 or 0, ..] && Attribute(node, "allowzero", 0).I == 0,
        "Gemm" => Attribute(node, "transA", 0).I == 0,
        _ => true,
    };

    // A constant beside the rows stays one row long: it cannot be joined to a batch, and a product must have the rows on its left.
    private static bool TakesRowsWhereItMay(NodeProto node, HashSet<string> rows) => node.OpType switch
    {
        "Concat" => node.Input.All(rows.Contains),
        "Gemm" or "Conv" or "ConvTranspose" or "BatchNormalization" or "Reshape" or "Pad" => !node.Input.Skip(1).Any(rows.Contains),
        _ => true,
    };

    private static AttributeProto Attribute(NodeProto node, string name, long missing) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name) ?? new AttributeProto { I = missing };

    private static long[] Shape(TensorProto tensor) => tensor.HasRawData
        ? MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray()
        : [.. tensor.Int64Data];

    // A first size of 0 keeps the input's. A constant may serve several nodes: each gets one of its own.
    private static void FreeReshape(GraphProto graph, TensorProto constant, NodeProto node)
    {
        var shape = Shape(constant);
        shape[0] = 0;
        var tensor = new TensorProto
        {
            Name = $"{node.Output[0]}/free_shape",
            DataType = (int)TensorProto.Types.DataType.Int64,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(shape.AsSpan())),
        };
        tensor.Dims.Add(shape.Length);
        graph.Initializer.Add(tensor);
        node.Input[1] = tensor.Name;
    }
}
