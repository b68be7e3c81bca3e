using System.Runtime.InteropServices;
using Google.Protobuf;

namespace FeatureTransfer.Onnx;

/// <summary>Builds an ONNX graph node by node, in the order in which it runs.</summary>
internal sealed class GraphBuilder
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The graph so far.</summary>
    public GraphProto Graph { get; }

    /// <summary>Starts a new graph.</summary>
    public GraphBuilder(string name)
        : this(new GraphProto { Name = name })
    {
    }

    /// <summary>Goes on with a graph.</summary>
    public GraphBuilder(GraphProto graph)
    {
        Graph = graph;
        _names.UnionWith(graph.Node.SelectMany(node => node.Output));
        _names.UnionWith(graph.Initializer.Select(tensor => tensor.Name));
        _names.UnionWith(graph.Input.Select(input => input.Name));
    }

    /// <summary>A name that nothing in the graph has yet.</summary>
    public string Unused(string wanted)
    {
        var name = wanted;
        for (var i = 1; !_names.Add(name); i++)
            name = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{i}");
        return name;
    }

    /// <summary>Adds a node with one output and returns the name of that output.</summary>
    public string Node(string op, string output, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        _names.Add(output);
        var node = new NodeProto { OpType = op, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        foreach (var attribute in attributes)
            node.Attribute.Add(attribute);
        Graph.Node.Add(node);
        return output;
    }

    /// <summary>Adds a float constant and returns its name.</summary>
    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds an integer constant and returns its name.</summary>
    public string Constant(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds a constant of bytes and returns its name.</summary>
    public string Constant(string name, ReadOnlySpan<byte> values, params ReadOnlySpan<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Uint8, values, shape);

    /// <summary>Adds a constant of signed bytes and returns its name.</summary>
    public string Constant(string name, ReadOnlySpan<sbyte> values, params ReadOnlySpan<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Int8, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds a constant of 16-bit integers and returns its name.</summary>
    public string Constant(string name, ReadOnlySpan<short> values, params ReadOnlySpan<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Int16, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds a constant of 32-bit integers and returns its name.</summary>
    public string Constant(string name, ReadOnlySpan<int> values, params ReadOnlySpan<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Int32, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds a list of texts and returns its name.</summary>
    public string Constant(string name, IReadOnlyList<string> values)
    {
        var unused = Unused(name);
        Graph.Initializer.Add(new TensorProto { Name = unused, DataType = (int)TensorProto.Types.DataType.String, Dims = { values.Count }, StringData = { values.Select(ByteString.CopyFromUtf8) } });
        return unused;
    }

    /// <summary>Adds a float input or output; a dimension below 0 is the free one called "batch".</summary>
    public static ValueInfoProto FloatValue(string name, params ReadOnlySpan<long> shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (var size in shape)
            dimensions.Dim.Add(size < 0 ? new TensorShapeProto.Types.Dimension { DimParam = "batch" } : new TensorShapeProto.Types.Dimension { DimValue = size });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions } },
        };
    }

    /// <summary>An input of token ids or a mask: (batch, tokens) of 64-bit integers.</summary>
    public static ValueInfoProto TokenValue(string name) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)TensorProto.Types.DataType.Int64,
                Shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "batch" }, new TensorShapeProto.Types.Dimension { DimParam = "tokens" } } },
            },
        },
    };

    /// <summary>An attribute that holds one integer.</summary>
    public static AttributeProto Int(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    /// <summary>An attribute that holds a list of integers.</summary>
    public static AttributeProto Ints(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (var value in values)
            attribute.Ints.Add(value);
        return attribute;
    }

    /// <summary>An attribute that holds one float.</summary>
    public static AttributeProto Float(string name, float value) => new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    /// <summary>An attribute that holds a text.</summary>
    public static AttributeProto Text(string name, string value) => new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String };

    private string Constant(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape)
    {
        var unused = Unused(name);
        var tensor = new TensorProto { Name = unused, DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        foreach (var size in shape)
            tensor.Dims.Add(size);
        Graph.Initializer.Add(tensor);
        return unused;
    }
}
