using Microsoft.ML.OnnxRuntime;
using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Computes once what does not depend on any input.</summary>
internal static class ConstantFolding
{
    // What a graph may grow by for one result; larger ones are computed when it runs, as the model's author wanted.
    private const int LargestGrowth = 1 << 18;

    private static readonly HashSet<string> _never =
    [
        "ConstantOfShape", "Dropout", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli",
        "If", "Loop", "Scan", "EyeLike", "Tile",
    ];

    /// <summary>Replaces the nodes by their results.</summary>
    public static void Apply(OnnxModel model)
    {
        var graph = model.Proto.Graph;
        var constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var nodes = Foldable(graph, constants);
        if (nodes.Count == 0)
            return;
        var results = Compute(model, nodes, constants);
        graph.Initializer.AddRange(results);
        var done = results.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var left = graph.Node.Where(node => node.Output.Any(output => output.Length > 0 && !done.Contains(output))).ToList();
        graph.Node.Clear();
        graph.Node.AddRange(left);
    }

    private static List<NodeProto> Foldable(GraphProto graph, Dictionary<string, TensorProto> constants)
    {
        var known = constants.Keys.ToHashSet(StringComparer.Ordinal);
        var outputs = graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var nodes = new List<NodeProto>();
        foreach (var node in graph.Node)
        {
            if (!MayFold(node, constants) || !node.Input.All(input => input.Length == 0 || known.Contains(input)) || node.Output.Any(outputs.Contains))
                continue;
            nodes.Add(node);
            known.UnionWith(node.Output);
        }

        return nodes;
    }

    private static bool MayFold(NodeProto node, Dictionary<string, TensorProto> constants) => node.OpType == "ConstantOfShape"
        ? constants.GetValueOrDefault(node.Input[0]) is { } shape && TensorValues.Ints(shape) is { } sizes && TensorValues.Count(sizes) * sizeof(double) <= LargestGrowth
        : node.Domain is "" or "ai.onnx" && !_never.Contains(node.OpType);

    private static List<TensorProto> Compute(OnnxModel model, List<NodeProto> nodes, Dictionary<string, TensorProto> constants)
    {
        var part = new GraphProto { Name = "constants" };
        part.Node.AddRange(nodes);
        part.Initializer.AddRange(nodes.SelectMany(node => node.Input).Distinct().Where(constants.ContainsKey).Select(name => constants[name]));
        part.Output.AddRange(nodes.SelectMany(node => node.Output).Where(name => name.Length > 0).Select(name => new ValueInfoProto { Name = name }));
        var proto = new ModelProto { IrVersion = model.Proto.IrVersion, Graph = part };
        proto.OpsetImport.AddRange(model.Proto.OpsetImport);
        using var session = OrtSessions.OpenUnoptimized(new OnnxModel(proto, model.Name));
        using var options = new RunOptions();
        using var results = session.Run(options, [], Array.Empty<OrtValue>(), session.OutputNames);
        var largest = LargestGrowth + part.Initializer.Sum(tensor => (long)tensor.CalculateSize());
        return [.. session.OutputNames.Zip(results).Where(pair => IsSmall(pair.Second, largest)).Select(pair => Tensor(pair.First, pair.Second))];
    }

    private static bool IsSmall(OrtValue value, long largest) =>
        value.IsTensor && (DataType)(int)value.GetTensorTypeAndShape().ElementDataType != DataType.String && value.GetTensorSizeInBytes() <= largest;

    private static TensorProto Tensor(string name, OrtValue value)
    {
        var about = value.GetTensorTypeAndShape();
        var tensor = TensorValues.Tensor((DataType)(int)about.ElementDataType, value.GetTensorMutableRawData(), about.Shape);
        tensor.Name = name;
        return tensor;
    }
}
