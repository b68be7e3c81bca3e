using System.Runtime.InteropServices;
using FeatureTransfer.Onnx.Proto;
using Google.Protobuf;
using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Tests.Gradients;

/// <summary>
/// Builds a model around one operator. Its learning inputs are initializers w0, w1, ...; with a free first axis they are a graph input
/// d0 times a learning factor instead, so that sizes are unknown until the graph runs. The loss weighs every output element differently.
/// </summary>
internal sealed class OperatorModel
{
    private readonly OperatorCase _case;
    private readonly DataType _type;
    private readonly GraphProto _graph = new() { Name = "operator" };

    public OperatorModel(OperatorCase @case, bool doubles, bool free)
    {
        _case = @case;
        _type = doubles ? DataType.Double : DataType.Float;
        var node = new NodeProto { OpType = @case.Operator, Name = "node" };
        node.Input.AddRange(@case.Inputs.Select((input, i) => Add(input, i, free)));
        node.Output.AddRange(Enumerable.Range(0, @case.Outputs).Select(i => $"y{i}"));
        node.Attribute.AddRange(@case.Attributes);
        _graph.Node.Add(node);
    }

    /// <summary>The names of what learns, with their values.</summary>
    public Dictionary<string, (double[] Values, long[] Shape)> Weights { get; } = [];

    /// <summary>What has to be fed beside the weights.</summary>
    public Dictionary<string, (double[] Values, long[] Shape)> Data { get; } = [];

    /// <summary>Without a loss, the weights as inputs: to compute the outputs again and again.</summary>
    public OnnxModel Forward()
    {
        var graph = _graph.Clone();
        foreach (var name in Weights.Keys)
        {
            var tensor = graph.Initializer.Single(tensor => tensor.Name == name);
            graph.Initializer.Remove(tensor);
            graph.Input.Add(Input(name, tensor.Dims));
        }

        graph.Output.AddRange(graph.Node[^1].Output.Select(name => new ValueInfoProto { Name = name }));
        return Model(graph);
    }

    /// <summary>With the loss: the sum of the outputs times the factors, or of y + y^2 without factors, for sizes that are free.</summary>
    public OnnxModel WithLoss(IReadOnlyList<(double[] Values, long[] Shape)>? factors)
    {
        var graph = _graph.Clone();
        for (var i = 0; i < _case.Outputs; i++)
        {
            if (factors is null)
            {
                graph.Node.Add(Node("Mul", $"square{i}", $"y{i}", $"y{i}"));
                graph.Node.Add(Node("Add", $"weighed{i}", $"y{i}", $"square{i}"));
            }
            else
            {
                graph.Initializer.Add(Tensor($"r{i}", factors[i].Values, factors[i].Shape));
                graph.Node.Add(Node("Mul", $"weighed{i}", $"y{i}", $"r{i}"));
            }

            graph.Node.Add(Node("ReduceSum", $"sum{i}", $"weighed{i}"));
            graph.Node[^1].Attribute.Add(GraphBuilder.Int("keepdims", 0));
        }

        graph.Node.Add(Node("Sum", "loss", [.. Enumerable.Range(0, _case.Outputs).Select(i => $"sum{i}")]));
        graph.Output.Add(new ValueInfoProto { Name = "loss" });
        return Model(graph);
    }

    private string Add(OperatorInput input, int i, bool free)
    {
        if (input.IsMissing)
            return "";
        if (input.Learns && free && IsFree(input, i))
            return AddFree(input, i);
        var name = input.Learns ? $"w{i}" : $"c{i}";
        if (input.Learns)
            Weights[name] = (input.NumbersAt(i), input.Shape);
        _graph.Initializer.Add(input switch
        {
            { Whole: { } whole } => Raw(name, DataType.Int64, MemoryMarshal.AsBytes<long>(whole), input.Shape),
            { Truths: { } truths } => Raw(name, DataType.Bool, MemoryMarshal.AsBytes<bool>(truths), input.Shape),
            _ => Tensor(name, input.NumbersAt(i), input.Shape),
        });
        return name;
    }

    // The first input has rows, and so have those of the same rank and length; none may have more axes than it.
    private bool IsFree(OperatorInput input, int i) => _case.Inputs[0].Shape is [> 1, ..] first
        && !_case.Inputs.Any(other => other.Learns && other.Shape.Length > first.Length)
        && (i == 0 || (input.Shape.Length == first.Length && input.Shape[0] == first[0]));

    private string AddFree(OperatorInput input, int i)
    {
        _graph.Input.Add(Input($"d{i}", [-1, .. input.Shape.Skip(1)]));
        Data[$"d{i}"] = (input.NumbersAt(i), input.Shape);
        _graph.Initializer.Add(Tensor($"w{i}", [1.0], []));
        Weights[$"w{i}"] = ([1.0], []);
        _graph.Node.Add(Node("Mul", $"x{i}", $"d{i}", $"w{i}"));
        return $"x{i}";
    }

    private OnnxModel Model(GraphProto graph)
    {
        var proto = new ModelProto { IrVersion = 8, Graph = graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = _case.Opset });
        return new OnnxModel(proto, _case.ToString());
    }

    private static NodeProto Node(string op, string output, params string[] inputs) => new() { OpType = op, Name = output, Input = { inputs }, Output = { output } };

    private ValueInfoProto Input(string name, IEnumerable<long> shape)
    {
        var value = GraphBuilder.FloatValue(name, [.. shape]);
        value.Type.TensorType.ElemType = (int)_type;
        return value;
    }

    private TensorProto Tensor(string name, double[] values, long[] shape) => _type == DataType.Double
        ? Raw(name, _type, MemoryMarshal.AsBytes<double>(values), shape)
        : Raw(name, _type, MemoryMarshal.AsBytes<float>(Array.ConvertAll(values, value => (float)value)), shape);

    private static TensorProto Raw(string name, DataType type, ReadOnlySpan<byte> bytes, long[] shape) =>
        new() { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(bytes), Dims = { shape } };
}
