using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients.Layouts;

/// <summary>
/// Rewrites what learns so that channels come before the batch, (channels, batch, height, width), wherever that saves work: a 1 x 1
/// convolution is then one matrix product over all pixels of all images, forward and both ways back, and a depthwise convolution over
/// a small image one batched product. Weights that change with every step cannot be packed once by the runtime, which makes its own
/// convolutions slow here. Element by element operators between them take over the order of their input; where other operators
/// read or the graph puts out, tensors are turned back. Names of tensors stay.
/// </summary>
internal sealed class ChannelsFirst
{
    private readonly ModelProto _model;
    private readonly GraphProto _graph;
    private readonly TensorTable _tensors;
    private readonly IReadOnlySet<string> _path;
    private readonly GraphBuilder _builder;
    private readonly Dictionary<string, string> _turned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProto> _bounded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _readers;

    private ChannelsFirst(ModelProto model, TensorTable tensors, IReadOnlySet<string> path, bool useKernels)
    {
        _model = model;
        _graph = model.Graph;
        UsesKernels = useKernels;
        _tensors = tensors;
        _path = path;
        _builder = new GraphBuilder(_graph);
        _readers = _graph.Node.SelectMany(node => node.Input).Concat(_graph.Output.Select(output => output.Name)).CountBy(name => name, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Rewrites a graph.</summary>
    /// <param name="model">The forward graph.</param>
    /// <param name="tensors">What is known of its tensors.</param>
    /// <param name="path">The tensors between what learns and the loss that may change.</param>
    /// <param name="useKernels">Whether operators of our own may be used.</param>
    /// <returns>Whether anything changed.</returns>
    public static bool Apply(ModelProto model, TensorTable tensors, IReadOnlySet<string> path, bool useKernels)
    {
        var layout = new ChannelsFirst(model, tensors, path, useKernels);
        layout.Rewrite();
        return layout._turned.Count > 0;
    }

    /// <summary>Whether operators of our own may be used.</summary>
    public bool UsesKernels { get; }

    /// <summary>Whether a tensor is there with its channels first.</summary>
    public bool Has(string tensor) => _turned.ContainsKey(tensor);

    /// <summary>What is known of a tensor.</summary>
    public TensorFacts Facts(string tensor) => _tensors[tensor];

    /// <summary>The tensor with its channels first; it is turned if it is not there yet.</summary>
    public string Turned(string tensor)
    {
        if (!_turned.TryGetValue(tensor, out var turned))
            _turned[tensor] = turned = Turn(tensor, _builder.Unused($"{tensor}/channels_first"), _tensors[tensor].Rank!.Value);
        return turned;
    }

    /// <summary>Adds a node under a name derived from a tensor's.</summary>
    public string Add(string op, string tensor, IEnumerable<string> inputs, params AttributeProto[] attributes) =>
        _builder.Node(op, _builder.Unused($"{tensor}/channels_first/{op}"), inputs, attributes);

    /// <summary>Adds a node of an operator of our own.</summary>
    public string AddKernel(string op, string tensor, IEnumerable<string> inputs, AttributeProto attribute)
    {
        var output = Add(op, tensor, inputs, attribute);
        _graph.Node[^1].Domain = KernelOperators.Domain;
        KernelOperators.DeclareIn(_model);
        return output;
    }

    /// <summary>Adds a node of an operator of our own that an activation may become part of.</summary>
    public string AddBounded(string op, string tensor, IEnumerable<string> inputs, AttributeProto attribute)
    {
        var output = AddKernel(op, tensor, inputs, attribute);
        _bounded[output] = _graph.Node[^1];
        return output;
    }

    /// <summary>Makes an activation part of the node that writes a tensor; null where that is none of these, or where something else reads the tensor too.</summary>
    public string? TryBound(string tensor, Bounds bounds)
    {
        if (!_turned.TryGetValue(tensor, out var turned) || _readers[tensor] > 1 || !_bounded.Remove(turned, out var node))
            return null;
        node.Attribute[0] = KernelNode.WithBounds(node.Attribute[0], bounds);
        return turned;
    }

    /// <summary>The number that a constant holds; null where it is none.</summary>
    public float? Number(string tensor) => _tensors.Constant(tensor) is { } constant && TensorValues.Floats(constant) is [var number] ? number : null;

    /// <summary>Adds a constant list of whole numbers.</summary>
    public string Ints(string tensor, params long[] values) => _builder.Constant($"{tensor}/channels_first/constant", values, values.Length);

    /// <summary>Adds a constant matrix.</summary>
    public string Floats(string tensor, float[] values, params long[] shape) => _builder.Constant($"{tensor}/channels_first/constant", values, shape);

    private void Rewrite()
    {
        var nodes = _graph.Node.ToList();
        _graph.Node.Clear();
        foreach (var node in nodes)
        {
            if (node.Output.Count == 1 && MayChange(node.Output[0]) && ChannelsFirstRules.Rewrite(this, node) is { } turned)
            {
                _turned[node.Output[0]] = turned;
                _missing.Add(node.Output[0]);
                continue;
            }

            foreach (var input in node.Input.Where(_missing.Remove))
                Turn(_turned[input], input, _tensors[input].Rank!.Value);
            _graph.Node.Add(node);
        }

        foreach (var output in _graph.Output.Select(output => output.Name).Where(_missing.Remove))
            Turn(_turned[output], output, _tensors[output].Rank!.Value);
    }

    private bool MayChange(string tensor) =>
        _path.Contains(tensor) && _tensors[tensor] is { Type: TensorProto.Types.DataType.Float, First: not null, Second: not null };

    private string Turn(string tensor, string output, int rank) => _builder.Node(
        "Transpose", output, [tensor], GraphBuilder.Ints("perm", [1, 0, .. Enumerable.Range(2, rank - 2).Select(axis => (long)axis)]));
}
