using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx;

/// <summary>Finds the shape of every tensor of a model, for a batch of one.</summary>
internal static class TensorShapes
{
    /// <summary>Shapes by tensor name, weights included; -1 for sizes that stay unknown.</summary>
    /// <exception cref="FeatureTransferException">ONNX Runtime cannot load the model.</exception>
    public static IReadOnlyDictionary<string, long[]> Measure(OnnxModel model, int height, int width)
    {
        var proto = GraphCopy.SharingWeights(model).Proto;
        Fix(proto.Graph, height, width);
        var names = model.TensorNames.Distinct(StringComparer.Ordinal).ToList();
        proto.Graph.Output.Clear();

        // Without a type the runtime infers it: inner tensors may hold anything.
        proto.Graph.Output.AddRange(names.Select(name => new ValueInfoProto { Name = name }));
        proto.Graph.ValueInfo.Clear();
        var shapes = proto.Graph.Initializer.ToDictionary(tensor => tensor.Name, tensor => tensor.Dims.ToArray(), StringComparer.Ordinal);
        var asked = new OnnxModel(proto, model.Name);
        using (var session = OrtSessions.OpenForShapes(asked))
        {
            foreach (var (name, metadata) in session.InputMetadata.Concat(session.OutputMetadata).Where(pair => pair.Value.IsTensor))
                shapes[name] = [.. metadata.Dimensions.Select(size => (long)size)];
        }

        if (names.Exists(name => shapes.TryGetValue(name, out var shape) && shape.Contains(-1)))
            MeasureByRunning(asked, shapes);
        return shapes;
    }

    private static void Fix(GraphProto graph, int height, int width)
    {
        var weights = graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var input in graph.Input.Where(input => !weights.Contains(input.Name) && input.Type?.TensorType?.Shape is not null))
        {
            var sizes = input.Type.TensorType.Shape.Dim;
            var channelsLast = sizes.Count == 4 && sizes[3].DimValue == 3 && sizes[1].DimValue != 3;
            for (var axis = 0; axis < sizes.Count; axis++)
            {
                if (sizes[axis].HasDimValue && sizes[axis].DimValue > 0)
                    continue;
                sizes[axis] = new TensorShapeProto.Types.Dimension { DimValue = Wanted(axis, sizes.Count, channelsLast, height, width) };
            }
        }
    }

    private static long Wanted(int axis, int rank, bool channelsLast, int height, int width) => (axis, rank) switch
    {
        (1 or 2 or 3, 4) => channelsLast
            ? (axis == 1 ? height : axis == 2 ? width : 3)
            : (axis == 1 ? 3 : axis == 2 ? height : width),
        _ => 1,
    };

    // Where inference stops (a shape that is computed), one run on zeros tells; models fed with other than floats keep their -1.
    private static void MeasureByRunning(OnnxModel model, Dictionary<string, long[]> shapes)
    {
        using var session = OrtSessions.OpenUnoptimized(model);
        if (session.InputMetadata.Any(input => input.Value.ElementType != typeof(float) || input.Value.Dimensions.Any(size => size < 0)))
            return;
        using var values = new DisposableValues(session.InputMetadata.Select(input => Zeros(input.Value.Dimensions)));
        using var options = new RunOptions();
        using var results = session.Run(options, [.. session.InputMetadata.Keys], values.All, session.OutputNames);
        foreach (var (name, result) in session.OutputNames.Zip(results))
        {
            if (result.IsTensor)
                shapes[name] = result.GetTensorTypeAndShape().Shape;
        }
    }

    private static OrtValue Zeros(int[] sizes) => OrtValue.CreateTensorValueFromMemory(
        new float[sizes.Aggregate(1, (product, size) => checked(product * size))],
        [.. sizes.Select(size => (long)size)]);

    private sealed class DisposableValues(IEnumerable<OrtValue> values) : IDisposable
    {
        public List<OrtValue> All { get; } = [.. values];

        public void Dispose() => All.ForEach(value => value.Dispose());
    }
}
