using System.Runtime.InteropServices;
using Google.Protobuf;

namespace FeatureTransfer.Onnx;

/// <summary>Frees a batch dimension that a model has fixed, where nothing in the graph depends on it.</summary>
internal static class FreeBatch
{
    // Operators that treat the rows of a batch apart, whatever their attributes say, as long as axis 0 is not named.
    private static readonly HashSet<string> _rowwise = new(StringComparer.Ordinal)
    {
        "Conv", "ConvTranspose", "BatchNormalization", "InstanceNormalization", "LRN", "Relu", "LeakyRelu", "PRelu", "Clip", "Sigmoid",
        "HardSigmoid", "HardSwish", "Tanh", "Elu", "Selu", "Softplus", "Erf", "Gelu", "Add", "Sub", "Mul", "Div", "Sum", "Max", "Min",
        "Pow", "Sqrt", "Exp", "Abs", "Neg", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "Dropout", "Identity",
        "Pad", "Gemm", "MatMul", "Flatten", "Concat", "Softmax", "LogSoftmax", "LayerNormalization", "Transpose", "Cast", "Reshape",
        "ReduceMean", "ReduceMax", "ReduceSum", "ReduceL2", "Squeeze", "Unsqueeze", "Gather", "Split", "TopK", "Reciprocal", "Log",
        "QuantizeLinear", "DequantizeLinear",
    };

    /// <summary>A model with a free batch, or the model itself when its batch is free already or cannot be freed for sure.</summary>
    public static OnnxModel Apply(OnnxModel model)
    {
        if (!model.HasFixedBatch || model.Inputs is not [{ Shape: [{ } batch, ..] }])
            return model;
        var proto = GraphCopy.SharingWeights(model).Proto;
        var constants = Constants(proto.Graph);
        var rows = RowTensors(proto.Graph, model.Inputs[0].Name);
        if (FirstObstacle(proto.Graph, constants, rows, batch) is not null)
            return model;
        foreach (var node in proto.Graph.Node.Where(node => node.OpType == "Reshape" && node.Input.Any(rows.Contains)))
            FreeReshape(proto.Graph, constants[node.Input[1]], node);

        var input = proto.Graph.Input.Single(value => value.Name == model.Inputs[0].Name);
        input.Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimParam = "batch" };
        proto.Graph.ValueInfo.Clear();
        foreach (var output in proto.Graph.Output.Where(output => output.Type?.TensorType is not null))
            output.Type.TensorType.Shape = null;
        return new OnnxModel(proto, model.Name);
    }

    /// <summary>The first node that may depend on the size of the batch, as "'name' (operator)"; null where there is none.</summary>
    public static string? Obstacle(OnnxModel model)
    {
        var graph = model.Proto.Graph;
        var node = FirstObstacle(graph, Constants(graph), RowTensors(graph, model.Inputs[0].Name), model.Inputs[0].Shape[0] ?? 1);
        return node is null ? null : $"'{node.Output[0]}' ({node.OpType})";
    }

    private static NodeProto? FirstObstacle(GraphProto graph, Dictionary<string, TensorProto> constants, HashSet<string> rows, long batch) => graph.Node
        .Where(node => node.Input.Any(rows.Contains))
        .FirstOrDefault(node => !IsRowwise(node, constants, batch) || !TakesRowsWhereItMay(node, rows));

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

    private static bool IsRowwise(NodeProto node, Dictionary<string, TensorProto> constants, long batch) => _rowwise.Contains(node.OpType) && node.OpType switch
    {
        "Concat" or "Softmax" or "LogSoftmax" => Attribute(node, "axis", 1).I is > 0 or -1,
        "LayerNormalization" => Attribute(node, "axis", -1).I is > 0 or -1,
        "Split" => Attribute(node, "axis", 0).I > 0,
        "TopK" => Attribute(node, "axis", -1).I is > 0 or -1,
        "ReduceMean" or "ReduceMax" or "ReduceSum" or "ReduceL2" or "Squeeze" or "Unsqueeze" => Axes(node, constants) is { Length: > 0 } axes && axes.All(axis => axis > 0),
        "Pad" => LeavesRowsAlone(node, constants),
        "Flatten" => Attribute(node, "axis", 1).I == 1,
        "Transpose" => node.Attribute.FirstOrDefault(attribute => attribute.Name == "perm") is { Ints: [0, ..] },
        "Reshape" => constants.TryGetValue(node.InputOrEmpty(1), out var shape) && Shape(shape) is [var first, ..] && (first == 0 || first == batch) && Attribute(node, "allowzero", 0).I == 0,
        "Gemm" => Attribute(node, "transA", 0).I == 0,
        _ => true,
    };

    // A constant beside the rows stays one row long: it cannot be joined to a batch, and a product must have the rows on its left.
    private static bool TakesRowsWhereItMay(NodeProto node, HashSet<string> rows) => node.OpType switch
    {
        "Concat" => node.Input.All(rows.Contains),
        "MatMul" => rows.Contains(node.InputOrEmpty(0)) && !rows.Contains(node.InputOrEmpty(1)),

        // Places may be taken out of rows, and rows may name places in a table.
        "Gather" => rows.Contains(node.InputOrEmpty(0)) ? Attribute(node, "axis", 0).I > 0 && !rows.Contains(node.InputOrEmpty(1)) : Attribute(node, "axis", 0).I == 0,
        "Gemm" or "Conv" or "ConvTranspose" or "BatchNormalization" or "Reshape" or "Pad" or "TopK" => !node.Input.Skip(1).Any(rows.Contains),
        _ => true,
    };

    // An attribute in older operator sets, an input in newer ones.
    private static long[]? Axes(NodeProto node, Dictionary<string, TensorProto> constants)
    {
        if (node.Attribute.FirstOrDefault(attribute => attribute.Name == "axes") is { } axes)
            return [.. axes.Ints];
        return node.Input.Count > 1 && constants.TryGetValue(node.Input[1], out var tensor) ? Shape(tensor) : null;
    }

    // The pads are the beginnings of all axes, then their ends: neither may touch the batch.
    private static bool LeavesRowsAlone(NodeProto node, Dictionary<string, TensorProto> constants)
    {
        long[]? pads = node.Attribute.FirstOrDefault(attribute => attribute.Name == "pads") is { } old
            ? [.. old.Ints]
            : node.Input.Count is 2 or 3 && constants.TryGetValue(node.Input[1], out var tensor) ? Shape(tensor) : null;
        return pads is { Length: >= 2 } && pads[0] == 0 && pads[pads.Length / 2] == 0;
    }

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
