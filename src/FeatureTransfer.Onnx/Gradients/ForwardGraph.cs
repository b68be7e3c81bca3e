using FeatureTransfer.Onnx.Opsets;
using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Prepares a model for differentiation: new enough operators, constants as initializers, trainable ones as inputs.</summary>
internal static class ForwardGraph
{
    /// <summary>A copy of the model that holds what the loss and the kept tensors need.</summary>
    public static OnnxModel Prepare(OnnxModel model, GradientRequest request)
    {
        // A deep copy of the graph; the bytes of weights are shared, being immutable.
        var forward = new OnnxModel(model.Proto.Clone(), model.Name);
        var graph = forward.Proto.Graph;
        ConstantNodes.ToInitializers(graph);
        OpsetUpgrade.Apply(forward);
        CheckNames(forward, request);
        graph.Output.Clear();
        graph.Output.AddRange(request.Keep.Prepend(request.Loss).Distinct(StringComparer.Ordinal).Select(name => new ValueInfoProto { Name = name }));
        graph.ValueInfo.Clear();
        DropInitializersFromInputs(graph);
        TakeAsInputs(graph, request.Trainable);
        DeadNodes.Remove(graph);
        ConstantFolding.Apply(forward);
        DeadNodes.Remove(graph);
        return forward;
    }

    /// <summary>An input or output with a type and a shape.</summary>
    public static ValueInfoProto Value(string name, DataType type, IEnumerable<long> shape)
    {
        var sizes = new TensorShapeProto();
        sizes.Dim.AddRange(shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = sizes } } };
    }

    private static void CheckNames(OnnxModel model, GradientRequest request)
    {
        var weights = model.Proto.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var tensors = model.TensorNames.ToHashSet(StringComparer.Ordinal);
        if (request.Trainable.Count == 0)
            throw new FeatureTransferException($"{model.Name}: nothing is to learn. Name at least one trainable initializer.");
        if (request.Keep.Prepend(request.Loss).FirstOrDefault(name => !tensors.Contains(name)) is { } tensor)
            throw GradientFaults.NoSuchTensor(model.Name, "layer", tensor, tensors);
        if (request.GradientFactors.Keys.FirstOrDefault(name => !tensors.Contains(name)) is { } scaled)
            throw GradientFaults.NoSuchTensor(model.Name, "layer", scaled, tensors);
        var inputs = model.Proto.Graph.Input.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        if (request.GradientFactors.Values.FirstOrDefault(name => name is not null && !inputs.Contains(name)) is { } factor)
            throw GradientFaults.NoSuchTensor(model.Name, "input", factor, inputs);
        if (request.Trainable.FirstOrDefault(name => !weights.Contains(name)) is { } weight)
            throw GradientFaults.NoSuchTensor(model.Name, "initializer", weight, weights);
    }

    // Until version 4 of the format every initializer was an input too, one that could be overruled.
    private static void DropInitializersFromInputs(GraphProto graph)
    {
        var weights = graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = graph.Input.Where(input => !weights.Contains(input.Name)).ToList();
        graph.Input.Clear();
        graph.Input.AddRange(inputs);
    }

    private static void TakeAsInputs(GraphProto graph, IReadOnlyList<string> trainable)
    {
        var byName = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var tensor in trainable.Distinct(StringComparer.Ordinal).Select(name => byName[name]))
        {
            graph.Initializer.Remove(tensor);
            graph.Input.Add(Value(tensor.Name, (DataType)tensor.DataType, tensor.Dims));
        }
    }
}
