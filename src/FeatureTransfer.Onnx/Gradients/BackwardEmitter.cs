using Google.Protobuf;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Adds nodes behind a graph; an expression that is there already is not computed again.</summary>
internal sealed class BackwardEmitter
{
    // What gives another value every time is never the same expression.
    private static readonly HashSet<string> _random = ["Dropout", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli"];

    private readonly GraphBuilder _builder;
    private readonly Dictionary<string, string[]> _known = new(StringComparer.Ordinal);

    /// <summary>Goes on with a graph.</summary>
    public BackwardEmitter(OnnxModel model, TensorTable tensors)
    {
        Model = model;
        Tensors = tensors;
        _builder = new GraphBuilder(model.Proto.Graph);
        foreach (var node in model.Proto.Graph.Node.Where(node => !_random.Contains(node.OpType)))
            _known.TryAdd(Key(node), [.. node.Output]);
    }

    /// <summary>The graph with what was added.</summary>
    public OnnxModel Model { get; }

    /// <summary>What is known of its tensors.</summary>
    public TensorTable Tensors { get; }

    /// <summary>A name that nothing in the graph has yet.</summary>
    public string Unused(string wanted) => _builder.Unused(wanted);

    /// <summary>Adds a node, or finds it; returns its outputs.</summary>
    public string[] Node(string op, int outputs, string near, IEnumerable<string> inputs, IEnumerable<AttributeProto> attributes, string domain = "")
    {
        var node = new NodeProto { OpType = op, Domain = domain };
        node.Input.AddRange(inputs);
        node.Attribute.AddRange(attributes);
        var key = Key(node);
        if (_known.TryGetValue(key, out var known) && known.Length >= outputs)
            return known;

        for (var i = 0; i < outputs; i++)
            node.Output.Add(Unused($"backward/{near}/{op}"));
        node.Name = node.Output[0];
        _builder.Graph.Node.Add(node);
        Tensors.Add(node);
        string[] names = [.. node.Output];
        if (!_random.Contains(op))
            _known[key] = names;
        return names;
    }

    /// <summary>Adds a constant, or finds it.</summary>
    public string Constant(TensorProto tensor)
    {
        var key = tensor.ToByteString().ToBase64();
        if (_known.TryGetValue(key, out var known))
            return known[0];
        tensor.Name = Unused("backward/constant");
        _builder.Graph.Initializer.Add(tensor);
        Tensors.AddConstant(tensor);
        _known[key] = [tensor.Name];
        return tensor.Name;
    }

    private static string Key(NodeProto node)
    {
        var inputs = node.OpType is "Add" or "Mul" ? node.Input.Order(StringComparer.Ordinal) : (IEnumerable<string>)node.Input;
        var attributes = node.Attribute.OrderBy(attribute => attribute.Name, StringComparer.Ordinal).Select(attribute => attribute.ToByteString().ToBase64());
        return string.Join('\n', [node.Domain, node.OpType, .. inputs, "|", .. attributes]);
    }
}
