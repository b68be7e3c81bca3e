using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>A small forward graph with a node on the way back, to look at what single steps of a gradient write down.</summary>
internal sealed class EmittedGraph
{
    private readonly BackwardEmitter _emitter;
    private readonly int _before;

    /// <summary>A graph with these inputs (sizes below 0 are free) and a node that reads the first ones and puts out "y".</summary>
    public EmittedGraph(NodeProto node, params (string Name, long[] Shape)[] inputs)
        : this(node, new GradientRequest { Loss = "y", Trainable = ["a"] }, inputs)
    {
    }

    public EmittedGraph(NodeProto node, GradientRequest request, params (string Name, long[] Shape)[] inputs)
    {
        var builder = new GraphBuilder("emitted");
        foreach (var (name, shape) in inputs)
            builder.Graph.Input.Add(GraphBuilder.FloatValue(name, shape));
        foreach (var (size, i) in builder.Graph.Input.SelectMany(input => input.Type.TensorType.Shape.Dim).Select((size, i) => (size, i)).Where(pair => pair.size.DimParam.Length > 0))
            size.DimParam = $"free{i}";
        builder.Graph.Node.Add(node);
        Model = new OnnxModel(new ModelProto { IrVersion = 8, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } }, "emitted");
        Tensors = TensorTable.Measure(Model);
        _emitter = new BackwardEmitter(Model, Tensors);
        _before = builder.Graph.Node.Count;
        Flow = new GradientFlow(_emitter, new HashSet<string> { "a", "y" });
        Context = new GradientContext(_emitter, Flow, node, request);
    }

    /// <summary>The graph with what was added.</summary>
    public OnnxModel Model { get; }

    /// <summary>What is known of its tensors.</summary>
    public TensorTable Tensors { get; }

    /// <summary>The gradients on their way back; "a" and "y" lie on it.</summary>
    public GradientFlow Flow { get; }

    /// <summary>The node on the way back.</summary>
    public GradientContext Context { get; }

    /// <summary>The operators that were added, in order.</summary>
    public IEnumerable<string> Operators => Nodes.Select(node => node.OpType);

    /// <summary>The nodes that were added, in order.</summary>
    public IEnumerable<NodeProto> Nodes => Model.Proto.Graph.Node.Skip(_before);

    /// <summary>The forward operator on "a" alone, or on "a" and "b".</summary>
    public static NodeProto Node(string op, params string[] inputs) => new() { OpType = op, Name = "node", Input = { inputs }, Output = { "y" } };
}
