using Google.Protobuf;

namespace FeatureTransfer.Onnx;

/// <summary>
/// The form of a graph that ML.NET's <c>ApplyOnnxModel</c> can run a row at a time: one flat vector in, one tensor without a batch out, all
/// shapes declared. The graph itself stays inside as it was, and comes out again to the byte.
/// </summary>
internal static class RowGraph
{
    /// <summary>The input: (1, values), whose length is left open since ML.NET's custom mappings give vectors of open length only.</summary>
    public const string Input = Prefix + "Tensor";

    /// <summary>The input beside several others, that says how they are divided: windows and their length.</summary>
    public const string WindowShape = Prefix + "WindowShape";

    /// <summary>The output, in the shape of one row.</summary>
    public const string Output = Prefix + "Output";

    /// <summary>The second output where decisions are asked for: whether a value is above one half.</summary>
    public const string Decisions = Prefix + "Decisions";

    private const string Prefix = "FeatureTransfer.";
    private const string FrameKey = "featuretransfer.frame";

    // ApplyOnnxModel takes slot names from nodes of this domain and name.
    private const string SlotDomain = "ai.onnx.ml";
    private const string SlotPrefix = "mlnet." + Prefix;

    /// <summary>Puts a graph of one input and one output into the form of a row.</summary>
    /// <param name="model">The graph; it is left as it is.</param>
    /// <param name="input">The shape of its input for one row, the batch of 1 included.</param>
    /// <param name="output">The shape of a row of its output, without the batch.</param>
    /// <param name="slots">The names of the output's values, which become ML.NET's slot names; empty for none.</param>
    /// <param name="decisions">Whether there is <see cref="Decisions"/> beside the output.</param>
    public static OnnxModel Wrap(OnnxModel model, ReadOnlySpan<long> input, ReadOnlySpan<long> output, IReadOnlyList<string> slots, bool decisions)
    {
        var frame = Frame(model.Proto);
        var proto = model.Proto.Clone();
        proto.MetadataProps.Add(new StringStringEntryProto { Key = FrameKey, Value = frame.ToByteString().ToBase64() });
        var (graph, builder) = (proto.Graph, new GraphBuilder(proto.Graph));
        var (first, last) = (model.Inputs[0].Name, graph.Output[0].Name);

        builder.Node("Reshape", first, [Input, builder.Constant(Prefix + "input_shape", input, input.Length)]);
        MoveToFront(graph);
        graph.Input.Remove(graph.Input.Single(value => value.Name == first));
        graph.Input.Add(GraphBuilder.FloatValue(Input, 1, -1));

        return Finish(proto, builder, last, output, slots, decisions, model.Name);
    }

    /// <summary>What one of several inputs is called, each (1, values) of open length.</summary>
    /// <param name="place">Its place in the list that <see cref="WrapWindows"/> was given.</param>
    public static string InputAt(int place) => string.Create(CultureInfo.InvariantCulture, $"{Input}{place}");

    /// <summary>Puts a graph whose rows are one or more windows into the form of a row: the output is the mean over the windows.</summary>
    /// <param name="model">The graph; it is left as it is.</param>
    /// <param name="inputs">Its inputs by name; those that it does not have are passed over.</param>
    /// <param name="output">The shape of a row of its output, without the batch.</param>
    /// <param name="slots">The names of the output's values; empty for none.</param>
    /// <param name="decisions">Whether there is <see cref="Decisions"/> beside the output.</param>
    public static OnnxModel WrapWindows(OnnxModel model, IReadOnlyList<string> inputs, ReadOnlySpan<long> output, IReadOnlyList<string> slots, bool decisions)
    {
        var frame = Frame(model.Proto);
        var proto = model.Proto.Clone();
        proto.MetadataProps.Add(new StringStringEntryProto { Key = FrameKey, Value = frame.ToByteString().ToBase64() });
        var (graph, builder) = (proto.Graph, new GraphBuilder(proto.Graph));
        var nodes = graph.Node.ToList();
        graph.Node.Clear();
        var shape = builder.Node("Reshape", Prefix + "windows", [WindowShape, builder.Constant(Prefix + "flat", [-1L], 1)]);
        foreach (var input in graph.Input)
        {
            var name = InputAt(inputs.ToList().IndexOf(input.Name));
            builder.Node("Reshape", input.Name, [name, shape]);
            var flat = GraphBuilder.FloatValue(name, 1, -1);
            flat.Type.TensorType.ElemType = input.Type.TensorType.ElemType;
            (input.Name, input.Type) = (flat.Name, flat.Type);
        }

        var lengths = GraphBuilder.FloatValue(WindowShape, 1, -1);
        lengths.Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Int64;
        graph.Input.Add(lengths);
        graph.Node.AddRange(nodes);
        var opset = proto.OpsetImport.FirstOrDefault(set => set.Domain.Length == 0)?.Version ?? 1;
        var mean = FeatureGraph.Reduce(builder, opset, "ReduceMean", graph.Output[0].Name, [0], Prefix + "mean");
        return Finish(proto, builder, mean, output, slots, decisions, model.Name);
    }

    /// <summary>The graph that <see cref="Wrap"/> was given; null for a model that it did not make.</summary>
    public static OnnxModel? Unwrap(OnnxModel wrapped)
    {
        if (wrapped.Proto.MetadataProps.FirstOrDefault(entry => entry.Key == FrameKey) is not { } entry)
            return null;
        if (Frame(entry.Value) is not { Graph: not null } proto)
            return null;
        proto.Graph.Node.AddRange(wrapped.Proto.Graph.Node.Where(node => !IsOurs(node)));
        proto.Graph.Initializer.AddRange(wrapped.Proto.Graph.Initializer.Where(tensor => !tensor.Name.StartsWith(Prefix, StringComparison.Ordinal)));
        return new OnnxModel(proto, wrapped.Name);
    }

    private static ModelProto? Frame(string base64)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(ByteString.FromBase64(base64));
        }
        catch (Exception exception) when (exception is FormatException or InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>A graph with the inputs, outputs and slot names of one that <see cref="Wrap"/> made, which computes nothing: it stands for that one where only its outside counts.</summary>
    public static OnnxModel StandIn(OnnxModel wrapped)
    {
        var proto = Frame(wrapped.Proto);
        proto.MetadataProps.Clear();
        proto.IrVersion = 8;
        proto.OpsetImport.First(set => set.Domain is "" or "ai.onnx").Version = 17;
        var builder = new GraphBuilder(proto.Graph);
        foreach (var output in wrapped.Proto.Graph.Output)
        {
            long[] shape = [.. output.Type.TensorType.Shape.Dim.Select(size => size.DimValue)];
            var zero = new TensorProto { DataType = output.Type.TensorType.ElemType, Dims = { 1 }, RawData = ByteString.CopyFrom(new byte[output.Type.TensorType.ElemType == (int)TensorProto.Types.DataType.Bool ? 1 : sizeof(float)]) };
            builder.Node("ConstantOfShape", output.Name, [builder.Constant($"{output.Name}/shape", shape, shape.Length)], new AttributeProto { Name = "value", T = zero, Type = AttributeProto.Types.AttributeType.Tensor });
        }

        proto.Graph.Node.AddRange(wrapped.Proto.Graph.Node.Where(node => node.Name.StartsWith(SlotPrefix, StringComparison.Ordinal)));
        return new OnnxModel(proto, wrapped.Name);
    }

    /// <summary>The tensor that has the batch still, of an output that a last reshape makes a row of; any other output itself.</summary>
    public static string BeforeFlattening(OnnxModel model, string output) =>
        model.Proto.Graph.Node.FirstOrDefault(node => node.Output.Contains(output)) is { OpType: "Reshape" } last
        && model.Outputs.Single(known => known.Name == output).Shape is [not null]
            ? last.Input[0]
            : output;

    private static OnnxModel Finish(ModelProto proto, GraphBuilder builder, string last, ReadOnlySpan<long> output, IReadOnlyList<string> slots, bool decisions, string name)
    {
        builder.Node("Reshape", Output, [last, builder.Constant(Prefix + "output_shape", output, output.Length)]);
        proto.Graph.Output.Clear();
        proto.Graph.Output.Add(GraphBuilder.FloatValue(Output, output));
        if (decisions)
            Decide(builder, output);
        if (slots.Count > 0)
            NameSlots(proto, slots, decisions ? [Output, Decisions] : [Output]);
        return new OnnxModel(proto, name);
    }

    // All of the model but what is large: its nodes and its weights, which the wrapped graph has as well.
    private static ModelProto Frame(ModelProto model)
    {
        var frame = model.Clone();
        frame.Graph.Node.Clear();
        frame.Graph.Initializer.Clear();
        return frame;
    }

    private static bool IsOurs(NodeProto node) =>
        node.Name.StartsWith(SlotPrefix, StringComparison.Ordinal)
        || node.Input.Concat(node.Output).Any(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    private static void MoveToFront(GraphProto graph)
    {
        var node = graph.Node[^1];
        graph.Node.RemoveAt(graph.Node.Count - 1);
        graph.Node.Insert(0, node);
    }

    private static void Decide(GraphBuilder builder, ReadOnlySpan<long> shape)
    {
        builder.Node("Greater", Decisions, [Output, builder.Constant(Prefix + "half", [0.5f])]);
        var value = GraphBuilder.FloatValue(Decisions, shape);
        value.Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Bool;
        builder.Graph.Output.Add(value);
    }

    /// <summary>Gives the values of outputs names, which become ML.NET's slot names.</summary>
    /// <param name="model">The model.</param>
    /// <param name="slots">One name a value.</param>
    /// <param name="outputs">The outputs.</param>
    public static void NameSlots(ModelProto model, IReadOnlyList<string> slots, IReadOnlyList<string> outputs)
    {
        if (!model.OpsetImport.Any(set => set.Domain == SlotDomain))
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = SlotDomain, Version = 2 });
        foreach (var output in outputs)
        {
            var name = $"mlnet.{output}.SlotNames";
            var first = new NodeProto { OpType = "Constant", Name = $"{name}.First" };
            var text = new TensorProto { DataType = (int)TensorProto.Types.DataType.String, Dims = { 1 }, StringData = { ByteString.CopyFromUtf8(slots[0]) } };
            first.Attribute.Add(new AttributeProto { Name = "value", T = text, Type = AttributeProto.Types.AttributeType.Tensor });
            first.Output.Add($"{name}.First");
            var node = new NodeProto { OpType = "LabelEncoder", Domain = SlotDomain, Name = name };
            node.Input.Add(first.Output[0]);
            node.Output.Add(name);
            node.Attribute.Add(new AttributeProto { Name = "keys_strings", Type = AttributeProto.Types.AttributeType.Strings, Strings = { slots.Select(ByteString.CopyFromUtf8) } });
            node.Attribute.Add(GraphBuilder.Ints("values_int64s", [.. Enumerable.Range(0, slots.Count).Select(slot => (long)slot)]));
            model.Graph.Node.Add(first);
            model.Graph.Node.Add(node);
        }
    }
}
