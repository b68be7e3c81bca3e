using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;
using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Tests.Shared;

/// <summary>Models as other people's exporters write them.</summary>
internal static class OnnxFiles
{
    /// <summary>x (batch, channels, height, width) of a type -> y = 2 x as floats; or with the channels last.</summary>
    public static OnnxModel Doubling(ElementType type, long channels, long height = 1, long width = 2, bool channelsLast = false)
    {
        var builder = new GraphBuilder("doubling");
        builder.Graph.Input.Add(Value(builder.Unused("x"), type, channelsLast ? [-1, height, width, channels] : [-1, channels, height, width]));
        builder.Node("Cast", "floats", ["x"], GraphBuilder.Int("to", (long)ElementType.Float));
        builder.Node("Mul", "y", ["floats", builder.Constant("two", [2f])]);
        return Finish(builder, Value("y", ElementType.Float));
    }

    /// <summary>x (batch, 3, 4, 4) -> y = 2 x, the mean of each channel, in a type; pixels too where the input has it.</summary>
    public static OnnxModel Means(ElementType input, ElementType output)
    {
        var builder = new GraphBuilder("means");
        builder.Graph.Input.Add(Value(builder.Unused("x"), input, -1, 3, 4, 4));
        builder.Node("Cast", "floats", ["x"], GraphBuilder.Int("to", (long)ElementType.Float));
        builder.Node("GlobalAveragePool", "pooled", ["floats"]);
        builder.Node("Flatten", "flat", ["pooled"]);
        builder.Node("Mul", "twice", ["flat", builder.Constant("two", [2f])]);
        builder.Node("Cast", "y", ["twice"], GraphBuilder.Int("to", (long)output));
        return Finish(builder, Value("y", output));
    }

    /// <summary>x (batch, 3, 4, 4) -> label (batch), an index -> y (batch, 3), the mean of each channel: the decision is the first output.</summary>
    public static OnnxModel DecisionFirst()
    {
        var builder = new GraphBuilder("decision");
        builder.Graph.Input.Add(Value(builder.Unused("x"), ElementType.Float, -1, 3, 4, 4));
        builder.Node("GlobalAveragePool", "pooled", ["x"]);
        builder.Node("Flatten", "y", ["pooled"]);
        builder.Node("ArgMax", "label", ["y"], GraphBuilder.Int("axis", 1), GraphBuilder.Int("keepdims", 0));
        return Finish(builder, Value("label", ElementType.Int64, -1), Value("y", ElementType.Float, -1, 3));
    }

    /// <summary>x (batch, 3, 4, 4) and a second input -> early = x -> y = early * other, where other is a number or chooses between x and 0.</summary>
    public static OnnxModel TwoInputs(ElementType type)
    {
        var builder = new GraphBuilder("two_inputs");
        builder.Graph.Input.Add(Value(builder.Unused("x"), ElementType.Float, -1, 3, 4, 4));
        builder.Graph.Input.Add(Value(builder.Unused("other"), type, 1));
        builder.Node("Identity", "early", ["x"]);
        builder.Node("Cast", "factor", ["other"], GraphBuilder.Int("to", (long)ElementType.Float));
        builder.Node("Mul", "y", ["early", "factor"]);
        return Finish(builder, Value("y", ElementType.Float, -1, 3, 4, 4));
    }

    /// <summary>x (batch, 3, 4, 4) -> y, one number of all of the batch.</summary>
    public static OnnxModel OneNumber()
    {
        var builder = new GraphBuilder("one_number");
        builder.Graph.Input.Add(Value(builder.Unused("x"), ElementType.Float, -1, 3, 4, 4));
        builder.Node("ReduceMean", "y", ["x"], GraphBuilder.Int("keepdims", 0));
        return Finish(builder, Value("y", ElementType.Float));
    }

    /// <summary>x (batch, 3, 4, 4) -> y, a list of tensors, and z = x.</summary>
    public static OnnxModel ListFirst()
    {
        var builder = new GraphBuilder("list_first");
        builder.Graph.Input.Add(Value(builder.Unused("x"), ElementType.Float, -1, 3, 4, 4));
        builder.Node("Identity", "z", ["x"]);
        builder.Node("SequenceConstruct", "y", ["x"]);
        var list = new ValueInfoProto { Name = "y", Type = new TypeProto { SequenceType = new TypeProto.Types.Sequence { ElemType = Value("", ElementType.Float).Type } } };
        return Finish(builder, list, Value("z", ElementType.Float, -1, 3, 4, 4));
    }

    /// <summary>x (batch, 3, 1, 2) of doubles -> y = x as floats, by way of a graph within a node that reads x.</summary>
    public static OnnxModel ReadInside()
    {
        var builder = new GraphBuilder("read_inside");
        builder.Graph.Input.Add(Value(builder.Unused("x"), ElementType.Double, -1, 3, 1, 2));
        var inner = new GraphBuilder("inner");
        inner.Node("Cast", "z", ["x"], GraphBuilder.Int("to", (long)ElementType.Float));
        inner.Graph.Output.Add(Value("z", ElementType.Float));
        builder.Graph.Initializer.Add(new TensorProto { Name = "yes", DataType = (int)ElementType.Bool, Int32Data = { 1 } });
        builder.Node(
            "If",
            "y",
            ["yes"],
            new AttributeProto { Name = "then_branch", G = inner.Graph, Type = AttributeProto.Types.AttributeType.Graph },
            new AttributeProto { Name = "else_branch", G = inner.Graph.Clone(), Type = AttributeProto.Types.AttributeType.Graph });
        return Finish(builder, Value("y", ElementType.Float, -1, 3, 1, 2));
    }

    /// <summary>x (4, 3, 4, 4) -> y (4, 3): four images at once. Where rows mix, each has the mean of all taken off.</summary>
    public static OnnxModel FourAtOnce(bool mixing)
    {
        var builder = new GraphBuilder("four");
        builder.Graph.Input.Add(Value(builder.Unused("x"), ElementType.Float, 4, 3, 4, 4));
        builder.Node("Reshape", "rows", ["x", builder.Constant("shape", [4L, 3L, 16L], 3)]);
        builder.Node("ReduceMean", "means", ["rows"], GraphBuilder.Ints("axes", 2), GraphBuilder.Int("keepdims", 0));
        if (mixing)
            builder.Node("ReduceMean", "all", ["means"], GraphBuilder.Ints("axes", 0), GraphBuilder.Int("keepdims", 1));
        builder.Node("Sub", "y", ["means", mixing ? "all" : builder.Constant("zero", [0f])]);
        return Finish(builder, Value("y", ElementType.Float, 4, 3));
    }

    /// <summary>x (batch, 3, height, width), both free -> c (batch, 4, ...), a convolution -> y (batch, 4).</summary>
    public static OnnxModel FreeSize()
    {
        var builder = new GraphBuilder("free_size");
        var input = Value(builder.Unused("x"), ElementType.Float, -1, 3, 1, 1);
        input.Type.TensorType.Shape.Dim[2] = new TensorShapeProto.Types.Dimension { DimParam = "height" };
        input.Type.TensorType.Shape.Dim[3] = new TensorShapeProto.Types.Dimension { DimParam = "width" };
        builder.Graph.Input.Add(input);
        float[] weights = [.. Enumerable.Range(0, 4 * 3 * 9).Select(i => ((i * 7 % 11) - 5) / 20f)];
        builder.Node("Conv", "c", ["x", builder.Constant("w", weights, 4, 3, 3, 3), builder.Constant("b", new float[4], 4)], GraphBuilder.Ints("pads", 1, 1, 1, 1));
        builder.Node("Relu", "r", ["c"]);
        builder.Node("GlobalAveragePool", "average", ["r"]);
        builder.Node("Flatten", "y", ["average"]);
        return Finish(builder, Value("y", ElementType.Float, -1, 4));
    }

    /// <summary>x (batch, 3, 4, 4) -> y = log(x - 2), which is no number for any pixel.</summary>
    public static OnnxModel NoNumbers()
    {
        var builder = new GraphBuilder("no_numbers");
        builder.Graph.Input.Add(Value(builder.Unused("x"), ElementType.Float, -1, 3, 4, 4));
        builder.Node("Log", "y", [builder.Node("Sub", "below", ["x", builder.Constant("two", [2f])])]);
        return Finish(builder, Value("y", ElementType.Float, -1, 3, 4, 4));
    }

    /// <summary>Writes a model with its weights in a file beside it.</summary>
    public static void SaveWithDataBeside(OnnxModel model, string path, string dataName)
    {
        using var data = File.Create(Path.Combine(Path.GetDirectoryName(path)!, dataName));
        foreach (var weight in model.Proto.Graph.Initializer)
        {
            foreach (var (key, value) in new[] { ("location", dataName), ("offset", $"{data.Position}"), ("length", $"{weight.RawData.Length}") })
                weight.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
            weight.RawData.WriteTo(data);
            weight.ClearRawData();
            weight.DataLocation = TensorProto.Types.DataLocation.External;
        }

        model.Save(path);
    }

    private static ValueInfoProto Value(string name, ElementType type, params ReadOnlySpan<long> shape)
    {
        var value = GraphBuilder.FloatValue(name, shape);
        value.Type.TensorType.ElemType = (int)type;
        if (shape.Length == 0)
            value.Type.TensorType.Shape = null;
        return value;
    }

    private static OnnxModel Finish(GraphBuilder builder, params ReadOnlySpan<ValueInfoProto> outputs)
    {
        foreach (var output in outputs)
            builder.Graph.Output.Add(output);
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, builder.Graph.Name);
    }
}
