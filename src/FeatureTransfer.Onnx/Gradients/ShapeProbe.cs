using Microsoft.ML.OnnxRuntime;
using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Asks ONNX Runtime for the type and the shape of every tensor, with sizes chosen for what is free.</summary>
internal static class ShapeProbe
{
    // Where the rank depends on values, an empty list of sizes may mean that nothing is known.
    private static readonly HashSet<string> _rankFromValues =
        ["Reshape", "Expand", "ConstantOfShape", "Squeeze", "Unsqueeze", "If", "Loop", "Scan", "ConcatFromSequence", "SequenceAt"];

    /// <summary>Types and shapes by tensor name; the shape is null where it cannot be told.</summary>
    public static Dictionary<string, (DataType Type, long[]? Shape)> Measure(OnnxModel model, bool second)
    {
        var proto = model.Proto.Clone();
        var graph = proto.Graph;
        foreach (var dimension in FreeDimensions(graph))
            dimension.Size.DimValue = Chosen(dimension.Axis, dimension.Rank, second);
        var names = model.TensorNames.Distinct(StringComparer.Ordinal).ToList();
        graph.Output.Clear();
        graph.Output.AddRange(names.Select(name => new ValueInfoProto { Name = name }));

        var probe = new OnnxModel(proto, model.Name);
        var facts = Declared(probe);
        if (Unknown(graph, facts).Any())
            Run(probe, facts);
        return facts;
    }

    private static Dictionary<string, (DataType Type, long[]? Shape)> Declared(OnnxModel probe)
    {
        using var session = OrtSessions.OpenForShapes(probe);
        return probe.Inputs.Select(input => input.Name).Concat(session.OutputNames)
            .Select(name => (Name: name, Metadata: session.OutputMetadata.GetValueOrDefault(name) ?? session.InputMetadata[name]))
            .Where(tensor => tensor.Metadata.IsTensor)
            .ToDictionary(
                tensor => tensor.Name,
                tensor => ((DataType)(int)tensor.Metadata.ElementDataType, (long[]?)[.. tensor.Metadata.Dimensions.Select(size => (long)size)]),
                StringComparer.Ordinal);
    }

    private static IEnumerable<(TensorShapeProto.Types.Dimension Size, int Axis, int Rank)> FreeDimensions(GraphProto graph) =>
        from input in graph.Input
        let sizes = input.Type?.TensorType?.Shape?.Dim
        where sizes is not null
        from axis in Enumerable.Range(0, sizes.Count)
        where !sizes[axis].HasDimValue || sizes[axis].DimValue <= 0
        select (sizes[axis], axis, sizes.Count);

    // Rows are few; the sides of images fit every network; a sequence is neither a square nor a batch.
    private static long Chosen(int axis, int rank, bool second) => (axis, rank) switch
    {
        (0, _) => second ? 3 : 2,
        (_, 4) => second ? 256 : 224,
        _ => (second ? 11 : 7) + axis,
    };

    private static IEnumerable<string> Unknown(GraphProto graph, Dictionary<string, (DataType Type, long[]? Shape)> facts) =>
        from node in graph.Node
        from output in node.Output
        where facts.TryGetValue(output, out var fact) && (fact.Shape!.Contains(-1) || (fact.Shape!.Length == 0 && _rankFromValues.Contains(node.OpType)))
        select output;

    // Where inference stops (a shape that is computed), a run on zeros tells; without one the shapes stay unknown.
    private static void Run(OnnxModel probe, Dictionary<string, (DataType Type, long[]? Shape)> facts)
    {
        foreach (var name in Unknown(probe.Proto.Graph, facts).ToList())
            facts[name] = (facts[name].Type, null);
        using var session = OrtSessions.OpenUnoptimized(probe);
        var values = session.InputMetadata.Select(input => Zeros(input.Value)).OfType<OrtValue>().ToList();
        try
        {
            if (values.Count != session.InputMetadata.Count)
                return;
            using var options = new RunOptions();
            using var results = session.Run(options, [.. session.InputMetadata.Keys], values, session.OutputNames);
            foreach (var (name, result) in session.OutputNames.Zip(results).Where(pair => pair.Second.IsTensor))
                facts[name] = (facts[name].Type, result.GetTensorTypeAndShape().Shape);
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    private static OrtValue? Zeros(NodeMetadata input)
    {
        long[] shape = [.. input.Dimensions.Select(size => (long)size)];
        var count = checked((int)TensorValues.Count(shape));
        return (DataType)(int)input.ElementDataType switch
        {
            DataType.Float => OrtValue.CreateTensorValueFromMemory(new float[count], shape),
            DataType.Double => OrtValue.CreateTensorValueFromMemory(new double[count], shape),
            DataType.Int64 => OrtValue.CreateTensorValueFromMemory(new long[count], shape),
            DataType.Int32 => OrtValue.CreateTensorValueFromMemory(new int[count], shape),
            DataType.Bool => OrtValue.CreateTensorValueFromMemory(new bool[count], shape),
            _ => null,
        };
    }
}
