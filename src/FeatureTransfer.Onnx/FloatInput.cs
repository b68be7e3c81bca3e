using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx;

/// <summary>Gives a graph of images an input of 32-bit floats and three channels, and converts in the graph to what it was exported with.</summary>
internal static class FloatInput
{
    // The brightness of a colour as television and most libraries have it (ITU-R BT.601).
    private static readonly float[] _brightness = [0.299f, 0.587f, 0.114f];

    /// <summary>Whether numbers of a type can be made of floats.</summary>
    public static bool CanConvertTo(ElementType type) => type is ElementType.Float or ElementType.Float16 or ElementType.Bfloat16 or ElementType.Double || IsWhole(type);

    /// <summary>Whether a type holds whole numbers that a byte fits into.</summary>
    public static bool IsWhole(ElementType type) => type is ElementType.Uint8 or ElementType.Int16 or ElementType.Uint16 or ElementType.Int32 or ElementType.Uint32 or ElementType.Int64 or ElementType.Uint64;

    /// <summary>The graph behind a conversion, or the model itself where nothing has to be converted.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="name">The input.</param>
    /// <param name="channelsAxis">The axis of its channels, of which it has one or three.</param>
    /// <param name="isBgr">Whether blue comes first.</param>
    public static OnnxModel Apply(OnnxModel model, string name, int channelsAxis, bool isBgr)
    {
        var declared = model.Proto.Graph.Input.First(input => input.Name == name).Type.TensorType;
        var isGray = declared.Shape.Dim[channelsAxis].DimValue == 1;
        if (declared.ElemType == (int)ElementType.Float && !isGray)
            return model;
        var proto = model.Proto.Clone();
        var input = proto.Graph.Input.First(input => input.Name == name).Type.TensorType;
        var builder = new GraphBuilder(proto.Graph);
        var nodes = proto.Graph.Node.ToList();
        proto.Graph.Node.Clear();
        var converted = isGray ? Brightness(builder, name, channelsAxis, isBgr) : name;
        converted = Cast(builder, name, converted, (ElementType)input.ElemType);
        Rename(nodes, name, converted);
        proto.Graph.Node.AddRange(nodes);
        input.ElemType = (int)ElementType.Float;
        if (isGray)
            input.Shape.Dim[channelsAxis] = new TensorShapeProto.Types.Dimension { DimValue = 3 };
        return new OnnxModel(proto, model.Name);
    }

    private static string Brightness(GraphBuilder builder, string name, int channelsAxis, bool isBgr)
    {
        float[] weights = isBgr ? [.. _brightness.Reverse()] : _brightness;
        var output = builder.Unused($"{name}/brightness");
        return channelsAxis == 1
            ? builder.Node("Conv", output, [name, builder.Constant($"{name}/weights", weights, 1, 3, 1, 1)])
            : builder.Node("MatMul", output, [name, builder.Constant($"{name}/weights", weights, 3, 1)]);
    }

    // A cast to whole numbers cuts off, so that a half before it rounds.
    private static string Cast(GraphBuilder builder, string name, string from, ElementType type)
    {
        if (type == ElementType.Float)
            return from;
        if (IsWhole(type))
            from = builder.Node("Add", builder.Unused($"{name}/rounded"), [from, builder.Constant($"{name}/half", [0.5f])]);
        return builder.Node("Cast", builder.Unused($"{name}/converted"), [from], GraphBuilder.Int("to", (long)type));
    }

    // Graphs inside nodes read it too.
    internal static void Rename(IEnumerable<NodeProto> nodes, string name, string converted)
    {
        foreach (var node in nodes)
        {
            for (var i = 0; i < node.Input.Count; i++)
                node.Input[i] = node.Input[i] == name ? converted : node.Input[i];
            foreach (var attribute in node.Attribute)
                Rename((attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G)).SelectMany(graph => graph.Node), name, converted);
        }
    }
}
