namespace FeatureTransfer.Onnx;

/// <summary>One graph out of several parts, each of which reads tensors of those before it.</summary>
internal sealed class GraphAssembly
{
    private readonly ModelProto _proto;

    /// <summary>Starts an empty graph.</summary>
    public GraphAssembly(string name)
    {
        Builder = new GraphBuilder(name);
        _proto = new ModelProto { IrVersion = 8, Graph = Builder.Graph };
        _proto.OpsetImport.Add(new OperatorSetIdProto { Version = Opsets.OpsetUpgrade.Target });
    }

    /// <summary>The graph so far.</summary>
    public GraphBuilder Builder { get; }

    /// <summary>Declares an input and returns its name.</summary>
    /// <param name="name">The name that it gets unless something has it already.</param>
    /// <param name="type">The type of its values.</param>
    /// <param name="shape">Its dimensions; one that is a text is free and has that name.</param>
    public string Input(string name, TensorProto.Types.DataType type, params IEnumerable<object> shape)
    {
        var unused = Builder.Unused(name);
        Builder.Graph.Input.Add(Value(unused, type, shape));
        return unused;
    }

    /// <summary>Adds a part, raised to operator set 18.</summary>
    /// <param name="part">The part; it is left as it is.</param>
    /// <param name="prefix">What stands before the names of its tensors.</param>
    /// <param name="inputs">The tensor of this graph for each of its inputs.</param>
    /// <returns>What its outputs are called here.</returns>
    public IReadOnlyDictionary<string, string> Add(OnnxModel part, string prefix, IReadOnlyDictionary<string, string> inputs)
    {
        var raised = GraphMerger.Upgraded(part);
        var names = new MergedNames(Builder, raised.Proto.Graph, prefix);
        var outputs = raised.Proto.Graph.Output.Select(output => output.Name).ToList();
        foreach (var (input, tensor) in inputs)
            names.Join(input, tensor);
        names.Apply();
        Builder.Graph.Node.AddRange(raised.Proto.Graph.Node);
        Builder.Graph.Initializer.AddRange(raised.Proto.Graph.Initializer);
        GraphMerger.TakeVersions(_proto, raised.Proto);
        return outputs.ToDictionary(output => output, output => names[output], StringComparer.Ordinal);
    }

    /// <summary>Declares an output.</summary>
    public void Output(string name, TensorProto.Types.DataType type, params IEnumerable<object> shape) => Builder.Graph.Output.Add(Value(name, type, shape));

    /// <summary>The graph with what its outputs need and nothing else.</summary>
    public OnnxModel Finish() => GraphCutter.Cut(new OnnxModel(_proto, Builder.Graph.Name), [.. Builder.Graph.Output.Select(output => output.Name)]);

    private static ValueInfoProto Value(string name, TensorProto.Types.DataType type, IEnumerable<object> shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (var size in shape)
            dimensions.Dim.Add(size is string free ? new TensorShapeProto.Types.Dimension { DimParam = free } : new TensorShapeProto.Types.Dimension { DimValue = Convert.ToInt64(size, CultureInfo.InvariantCulture) });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } } };
    }
}
