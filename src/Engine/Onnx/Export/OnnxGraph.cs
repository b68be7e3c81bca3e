using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using static Onnx.AttributeProto.Types;
using static Onnx.TensorProto.Types;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>A graph in the making: nodes and constants, each under a name of its own.</summary>
internal sealed class OnnxGraph
{
    public const string MLDomain = "ai.onnx.ml";

    private readonly GraphProto _graph = new() { Name = "model" };
    private readonly HashSet<string> _names = [];

    /// <summary>Adds an input; its name is taken as it is.</summary>
    public void AddInput(ValueInfoProto input)
    {
        _names.Add(input.Name);
        _graph.Input.Add(input);
    }

    public void AddOutput(ValueInfoProto output, string value)
    {
        _names.Add(output.Name);
        _graph.Output.Add(output);
        Append("Identity", "", [value], output.Name, []);
    }

    /// <summary>Adds a node of one output, and gives that output's name.</summary>
    public string Add(string op, string[] inputs, params AttributeProto[] attributes) => Append(op, "", inputs, NewName(op), attributes);

    /// <summary>The same for an operator of the machine learning domain.</summary>
    public string AddML(string op, string[] inputs, params AttributeProto[] attributes) => Append(op, MLDomain, inputs, NewName(op), attributes);

    /// <summary>A constant of numbers, of this shape.</summary>
    public string Constant<T>(ReadOnlySpan<T> values, params long[] shape)
        where T : unmanaged
    {
        var tensor = NewTensor(OnnxElement.Of(typeof(T)) ?? throw new ArgumentException($"ONNX has no {typeof(T)}."), shape);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
        return tensor.Name;
    }

    /// <summary>A constant of text, of this shape.</summary>
    public string Constant(IEnumerable<string> values, params long[] shape)
    {
        var tensor = NewTensor(DataType.String, shape);
        tensor.StringData.AddRange(values.Select(ByteString.CopyFromUtf8));
        return tensor.Name;
    }

    public string Scalar<T>(T value)
        where T : unmanaged => Constant<T>([value]);

    public string Cast(string value, DataType type) => Add("Cast", [value], Attribute("to", (long)type));

    public string Reshape(string value, params long[] shape) => Add("Reshape", [value, Constant<long>(shape, shape.Length)]);

    public static AttributeProto Attribute(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    public static AttributeProto Attribute(string name, string value) =>
        new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Attribute(string name, IEnumerable<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    public static AttributeProto Attribute(string name, IEnumerable<float> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Floats };
        attribute.Floats.AddRange(values);
        return attribute;
    }

    public static AttributeProto Attribute(string name, IEnumerable<string> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Strings };
        attribute.Strings.AddRange(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }

    /// <summary>The model, without what no output needs.</summary>
    public ModelProto ToModel(int opSetVersion)
    {
        Prune();
        var model = new ModelProto { IrVersion = 7, ProducerName = "FeatureTransfer", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opSetVersion });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = MLDomain, Version = 2 });
        return model;
    }

    private void Prune()
    {
        var needed = _graph.Output.Select(o => o.Name).ToHashSet();
        var nodes = new List<NodeProto>();
        // Nodes lie in the order in which they run, so one way back finds all.
        foreach (var node in _graph.Node.Reverse().Where(n => n.Output.Any(needed.Contains)))
        {
            needed.UnionWith(node.Input);
            nodes.Insert(0, node);
        }
        var inputs = _graph.Input.Where(i => needed.Contains(i.Name)).ToArray();
        var constants = _graph.Initializer.Where(i => needed.Contains(i.Name)).ToArray();
        _graph.Node.Clear();
        _graph.Node.AddRange(nodes);
        _graph.Input.Clear();
        _graph.Input.AddRange(inputs);
        _graph.Initializer.Clear();
        _graph.Initializer.AddRange(constants);
    }

    private string Append(string op, string domain, string[] inputs, string output, AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = op, Name = output };
        if (domain.Length > 0)
            node.Domain = domain;
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
        return output;
    }

    private TensorProto NewTensor(DataType type, long[] shape)
    {
        var tensor = new TensorProto { Name = NewName("constant"), DataType = (int)type };
        tensor.Dims.AddRange(shape);
        _graph.Initializer.Add(tensor);
        return tensor;
    }

    private string NewName(string stem)
    {
        for (int i = _names.Count; ; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{stem}_{i}");
            if (_names.Add(name))
                return name;
        }
    }
}
