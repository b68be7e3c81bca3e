using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>What is known of every tensor of a graph, those added later included.</summary>
internal sealed class TensorTable
{
    private readonly Dictionary<string, TensorFacts> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _constants = new(StringComparer.Ordinal);

    /// <summary>Measures every tensor of a model.</summary>
    /// <exception cref="FeatureTransferException">ONNX Runtime cannot load the model.</exception>
    public static TensorTable Measure(OnnxModel model)
    {
        var table = new TensorTable();
        var first = ShapeProbe.Measure(model, second: false);
        var second = ShapeProbe.Measure(model, second: true);
        foreach (var (name, (type, shape)) in first)
            table._facts[name] = new TensorFacts(type, shape, second[name].Shape);
        foreach (var tensor in model.Proto.Graph.Initializer)
            table.AddConstant(tensor);
        return table;
    }

    /// <summary>Notes a constant.</summary>
    public void AddConstant(TensorProto tensor)
    {
        _constants[tensor.Name] = tensor;
        _facts[tensor.Name] = TensorFacts.Fixed((DataType)tensor.DataType, [.. tensor.Dims]);
    }

    /// <summary>Notes a node that was added: its shapes follow from those of its inputs where that is simple.</summary>
    public void Add(NodeProto node)
    {
        var first = ShapeRules.Infer(node, name => _facts.GetValueOrDefault(name)?.First, Ints);
        var second = ShapeRules.Infer(node, name => _facts.GetValueOrDefault(name)?.Second, Ints);
        _facts[node.Output[0]] = new TensorFacts(DataType.Undefined, first, second);
    }

    /// <summary>Notes that a tensor whose shape is not known has that of another.</summary>
    public void NoteSameShape(string tensor, string other)
    {
        if (this[tensor] is { First: null } facts)
            _facts[tensor] = this[other] with { Type = facts.Type };
    }

    /// <summary>The constant of that name, or null.</summary>
    public TensorProto? Constant(string name) => _constants.GetValueOrDefault(name);

    /// <summary>The whole numbers of a constant, or null.</summary>
    public long[]? Ints(string name) => Constant(name) is { } tensor ? TensorValues.Ints(tensor) : null;

    /// <summary>What is known of a tensor; nothing, where it is strange.</summary>
    public TensorFacts this[string name] => _facts.GetValueOrDefault(name) ?? new TensorFacts(DataType.Undefined, null, null);
}
