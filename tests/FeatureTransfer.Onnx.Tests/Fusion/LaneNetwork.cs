using FeatureTransfer.Onnx.Fusion;
using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Fusion;

/// <summary>A network that is put together layer by layer, and run by ONNX Runtime's own operators and by those in lanes.</summary>
internal sealed class LaneNetwork
{
    private readonly Random _random = new(7);
    private readonly GraphBuilder _builder = new("network");
    private readonly long[] _input;

    public LaneNetwork(int channels, int height, int width)
    {
        _input = [channels, height, width];
        _builder.Graph.Input.Add(GraphBuilder.FloatValue("x", [-1, .. _input]));
        _builder.Constant("low", [0f]);
        _builder.Constant("high", [0.4f]);
        _builder.Constant("least", [-0.05f]);
        _builder.Constant("nothing", Array.Empty<float>(), 0);
    }

    /// <summary>The tensor behind the last layer.</summary>
    public string Last { get; private set; } = "x";

    /// <summary>The shapes of what the last run gave.</summary>
    public long[][] Shapes { get; private set; } = [];

    /// <summary>The graph.</summary>
    public GraphProto Graph => _builder.Graph;

    /// <summary>A convolution with weights of its own.</summary>
    public LaneNetwork Conv(int inputs, int outputs, int window = 1, int group = 1, int stride = 1, string? pads = null, bool bias = true, int dilation = 1, string? autoPad = null)
    {
        var scale = 1 / MathF.Sqrt(inputs / group * window * window);
        List<string> names = [Last, _builder.Constant("weights", Numbers(outputs * inputs / group * window * window, scale), outputs, inputs / group, window, window)];
        if (bias)
            names.Add(_builder.Constant("bias", Numbers(outputs, 0.2f), outputs));
        List<AttributeProto> attributes = [GraphBuilder.Ints("strides", stride, stride), GraphBuilder.Ints("dilations", dilation, dilation), GraphBuilder.Int("group", group)];
        if (autoPad is not null)
            attributes.Add(GraphBuilder.Text("auto_pad", autoPad));
        else if (pads is not null)
            attributes.Add(GraphBuilder.Ints("pads", [.. pads.Split(',').Select(long.Parse)]));
        return Node("Conv", names, [.. attributes]);
    }

    /// <summary>A depthwise convolution.</summary>
    public LaneNetwork Depthwise(int channels, int stride = 1, string pads = "1,1,1,1") => Conv(channels, channels, 3, channels, stride, pads);

    /// <summary>Relu, Clip from 0 to 0.4, Clip from below alone, Clip by what is no constant or no number, or another operator.</summary>
    public LaneNetwork Activation(string name) => name switch
    {
        "" => this,
        "Clip" => Node("Clip", [Last, "low", "high"]),
        "ClipBelow" => Node("Clip", [Last, "least"]),
        "ClipByInput" => Node("Clip", [Last, "low", "x"]),
        "ClipByNothing" => Node("Clip", [Last, "nothing"]),
        _ => Node(name, [Last]),
    };

    /// <summary>The sum with another tensor.</summary>
    public LaneNetwork Plus(string other, bool first = false) => Node("Add", first ? [other, Last] : [Last, other]);

    /// <summary>A mean over height and width.</summary>
    public LaneNetwork Mean(string op, bool keepsAxes)
    {
        if (op == "GlobalAveragePool")
            return Node(op, [Last]);
        return Node("ReduceMean", [Last, _builder.Constant("axes", [3L, -2L], 2)], GraphBuilder.Int("keepdims", keepsAxes ? 1 : 0));
    }

    /// <summary>Any node.</summary>
    public LaneNetwork Node(string op, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        Last = _builder.Node(op, _builder.Unused("t"), inputs, attributes);
        return this;
    }

    /// <summary>Makes a tensor an output.</summary>
    public LaneNetwork Output(string? tensor = null)
    {
        Graph.Output.Add(new ValueInfoProto { Name = tensor ?? Last, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } } });
        return this;
    }

    /// <summary>The network as a model.</summary>
    public OnnxModel Model() => Model(Graph);

    /// <summary>The operators of the rewritten graph, one after the other.</summary>
    public List<string> Operators()
    {
        var graph = Graph.Clone();
        LaneFusion.Rewrite(graph);
        return [.. graph.Node.Select(node => node.OpType)];
    }

    /// <summary>What the outputs are by ONNX Runtime's own operators.</summary>
    public float[][] Expected(int batch) => Run(Graph, batch, 1);

    /// <summary>What they are by the rewritten graph.</summary>
    public float[][] Rewritten(int batch, int threads = 1, int skip = 0)
    {
        var graph = Graph.Clone();
        LaneFusion.Rewrite(graph);
        return Run(graph, batch, threads, skip);
    }

    private float[][] Run(GraphProto graph, int batch, int threads, int skip = 0)
    {
        var length = (int)(_input[0] * _input[1] * _input[2]);
        var random = new Random(3);
        float[] all = [.. Enumerable.Range(0, (batch + skip) * length).Select(_ => (2 * random.NextSingle()) - 1)];
        var values = all[(skip * length)..];
        using var options = OnnxRuntimeLibrary.NewOptions();
        options.IntraOpNumThreads = threads;
        KernelOperators.AddTo(options);
        using var session = new InferenceSession(Model(graph).ToBytes(), options);
        using var input = OrtValue.CreateTensorValueFromMemory(values, [batch, .. _input]);
        using var run = new RunOptions();
        using var results = session.Run(run, session.InputNames, [input], session.OutputNames);
        Shapes = [.. results.Select(result => result.GetTensorTypeAndShape().Shape)];
        return [.. results.Select(result => result.GetTensorDataAsSpan<float>().ToArray())];
    }

    private static OnnxModel Model(GraphProto graph)
    {
        var proto = new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } };
        KernelOperators.DeclareIn(proto);
        return new OnnxModel(proto, "network.onnx");
    }

    private float[] Numbers(int count, float scale) => [.. Enumerable.Range(0, count).Select(_ => ((2 * _random.NextSingle()) - 1) * scale)];
}
