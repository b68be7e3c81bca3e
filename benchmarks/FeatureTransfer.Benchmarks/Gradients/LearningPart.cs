using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Benchmarks.Gradients;

/// <summary>The end of a network from one tensor on, or all of it, with a new linear head and the cross-entropy as loss.</summary>
internal static class LearningPart
{
    public const string Labels = "labels";
    private const string Loss = "loss";
    private const string HeadWeights = "head/weights";
    private const string HeadBias = "head/bias";
    private static readonly List<string> _trainable = [];

    /// <summary>The loss and everything that learns in the part made last.</summary>
    public static GradientRequest Request => new() { Loss = Loss, Trainable = [.. _trainable] };

    /// <summary>The nodes between two tensors, then pooling, head and loss.</summary>
    public static OnnxModel Of(OnnxModel model, BenchmarkedNetwork network, int classes)
    {
        var proto = model.Proto.Clone();
        var graph = new GraphProto { Name = "learning" };
        var needed = Needed(proto.Graph, network);
        graph.Node.AddRange(proto.Graph.Node.Where(node => node.Output.Any(needed.Contains)));
        graph.Initializer.AddRange(proto.Graph.Initializer.Where(tensor => needed.Contains(tensor.Name)));
        var statistics = graph.Node.Where(node => node.OpType == "BatchNormalization").SelectMany(node => node.Input.Skip(3)).ToHashSet(StringComparer.Ordinal);
        _trainable.Clear();
        _trainable.AddRange(graph.Initializer.Where(tensor => IsLearned(tensor) && !statistics.Contains(tensor.Name)).Select(tensor => tensor.Name).Append(HeadWeights).Append(HeadBias));
        graph.Input.AddRange(model.Inputs.Where(input => needed.Contains(input.Name)).Select(input => InputOf(network, input)));
        if (network.Seam is not null)
            graph.Input.Add(Value(network.Seam, TensorProto.Types.DataType.Float, network.SeamShape));
        graph.Input.Add(Value(Labels, TensorProto.Types.DataType.Float, classes));
        AddHead(graph, network, classes);
        proto.Graph = graph;
        return new OnnxModel(proto, model.Name);
    }

    /// <summary>The weights to begin with.</summary>
    public static float[] Initial(OnnxModel model, TrainableTensor tensor)
    {
        var random = new Random(2);
        return model.Proto.Graph.Initializer.FirstOrDefault(initializer => initializer.Name == tensor.Name) is { } own
            ? TensorValues.Floats(own)!
            : [.. Enumerable.Range(0, tensor.Shape.Aggregate((product, size) => product * size)).Select(_ => (float)(random.NextDouble() - 0.5) * 0.05f)];
    }

    // What the end is computed from, as far back as the seam.
    private static HashSet<string> Needed(GraphProto graph, BenchmarkedNetwork network)
    {
        var producers = graph.Node.SelectMany(node => node.Output.Select(output => (output, node))).ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([network.End]);
        while (open.TryPop(out var name))
        {
            if (name == network.Seam || !needed.Add(name) || !producers.TryGetValue(name, out var node))
                continue;
            foreach (var input in node.Input)
                open.Push(input);
        }

        return needed;
    }

    private static ValueInfoProto InputOf(BenchmarkedNetwork network, TensorInfo input) => network.IsText
        ? Value(input.Name, TensorProto.Types.DataType.Int64, network.SeamShape[0])
        : Value(input.Name, TensorProto.Types.DataType.Float, network.SeamShape);

    // Numbers alone are limits of a clip.
    private static bool IsLearned(TensorProto tensor) =>
        tensor.DataType == (int)TensorProto.Types.DataType.Float && tensor.Dims.Aggregate(1L, (product, size) => product * size) > 1;

    private static void AddHead(GraphProto graph, BenchmarkedNetwork network, int classes)
    {
        graph.Initializer.Add(Constant(HeadWeights, new float[network.Width * classes], network.Width, classes));
        graph.Initializer.Add(Constant(HeadBias, new float[classes], classes));
        graph.Initializer.Add(Constant("head/minus", [-1f / classes]));
        AddPooling(graph, network);
        graph.Node.Add(Node("Gemm", "head/scores", "head/features", HeadWeights, HeadBias));
        graph.Node.Add(Node("LogSoftmax", "head/logarithms", "head/scores"));
        graph.Node.Add(Node("Mul", "head/products", "head/logarithms", Labels));
        graph.Node.Add(Node("Mul", "head/losses", "head/products", "head/minus"));
        graph.Node.Add(Node("ReduceSum", Loss, "head/losses"));
        graph.Node[^1].Attribute.Add(new AttributeProto { Name = "keepdims", I = 0, Type = AttributeProto.Types.AttributeType.Int });
        graph.Output.Add(new ValueInfoProto { Name = Loss });
    }

    private static void AddPooling(GraphProto graph, BenchmarkedNetwork network)
    {
        if (network.IsText)
        {
            graph.Node.Add(Node("ReduceMean", "head/features", network.End));
            graph.Node[^1].Attribute.Add(new AttributeProto { Name = "axes", Ints = { 1 }, Type = AttributeProto.Types.AttributeType.Ints });
            graph.Node[^1].Attribute.Add(new AttributeProto { Name = "keepdims", I = 0, Type = AttributeProto.Types.AttributeType.Int });
            return;
        }

        graph.Node.Add(Node("GlobalAveragePool", "head/pooled", network.End));
        graph.Node.Add(Node("Flatten", "head/features", "head/pooled"));
    }

    private static NodeProto Node(string op, string output, params string[] inputs) => new() { OpType = op, Name = output, Input = { inputs }, Output = { output } };

    private static TensorProto Constant(string name, float[] values, params long[] shape) =>
        new() { Name = name, DataType = (int)TensorProto.Types.DataType.Float, Dims = { shape }, FloatData = { values } };

    private static ValueInfoProto Value(string name, TensorProto.Types.DataType type, params long[] shape)
    {
        var sizes = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "batch" } } };
        sizes.Dim.AddRange(shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = sizes } } };
    }
}
