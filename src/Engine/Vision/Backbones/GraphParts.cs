using Onnx;

namespace Microsoft.ML.Vision;

/// <summary>Finding and cutting the parts of an ONNX graph.</summary>
internal static class GraphParts
{
    /// <summary>The graph's input for images: the one of this name, or its only one.</summary>
    /// <exception cref="FormatException">There is none of the name, or several.</exception>
    public static ValueInfoProto ImageInput(GraphProto graph, string? name)
    {
        // Old files list weights among the inputs.
        var weights = graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        var inputs = graph.Input.Where(input => !weights.Contains(input.Name)).ToArray();
        string names = string.Join(", ", inputs.Select(input => input.Name));
        if (name is null)
            return inputs is [var only] ? only : throw new FormatException($"the graph has the inputs {names}: name the images' one with inputName in a model card.");
        return Array.Find(inputs, input => input.Name == name) ?? throw new FormatException($"the graph has no input '{name}', it has {names}.");
    }

    /// <summary>Makes these tensors the graph's outputs, and drops what none of them needs.</summary>
    /// <exception cref="FormatException">There is no such tensor.</exception>
    public static void Cut(GraphProto graph, IReadOnlyList<string> tensors)
    {
        var made = graph.Node.SelectMany(node => node.Output).Concat(graph.Input.Select(input => input.Name)).ToHashSet();
        if (tensors.FirstOrDefault(tensor => !made.Contains(tensor)) is { } missing)
            throw new FormatException($"the graph has no tensor '{missing}'.");
        graph.Output.Clear();
        graph.Output.AddRange(tensors.Select(tensor => new ValueInfoProto
        {
            Name = tensor,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float } },
        }));
        Prune(graph);
    }

    /// <summary>
    /// What the network's classifier reads: the input of the linear layer that its first output comes from. The output itself where there is
    /// no such layer, because the file ends with features.
    /// </summary>
    public static string BeforeClassifier(GraphProto graph)
    {
        var makers = graph.Node.SelectMany(node => node.Output.Select(output => (output, node))).ToDictionary(pair => pair.output, pair => pair.node);
        var weights = graph.Initializer.Select(tensor => tensor.Name)
            .Concat(graph.Node.Where(node => node.OpType == "Constant").SelectMany(node => node.Output)).ToHashSet();
        string output = graph.Output[0].Name;
        bool isFlat = false;
        for (string tensor = output; makers.TryGetValue(tensor, out var node); tensor = node.Input.First(input => !weights.Contains(input)))
        {
            if (IsLinear(node, weights, isFlat))
                return node.Input[0];
            if (!PassesOn(node) || node.Input.All(weights.Contains))
                break;
            isFlat |= node.OpType is not ("Identity" or "Cast" or "Add");
        }
        return output;
    }

    // A convolution may end a network of features too: it classifies only where its outcome is made into a vector.
    private static bool IsLinear(NodeProto node, HashSet<string> weights, bool isFlat) =>
        node.Input.Count > 1 && weights.Contains(node.Input[1]) && (node.OpType is "Gemm" or "MatMul" || (node.OpType is "Conv" && isFlat));

    private static bool PassesOn(NodeProto node) => node.OpType is
        "Softmax" or "LogSoftmax" or "Sigmoid" or "Identity" or "Cast" or "Add" or "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze";

    private static void Prune(GraphProto graph)
    {
        var needed = graph.Output.Select(output => output.Name).ToHashSet();
        var nodes = new List<NodeProto>();
        // Nodes lie in the order in which they run, so one way back finds all.
        foreach (var node in graph.Node.Reverse().Where(node => node.Output.Any(needed.Contains)))
        {
            needed.UnionWith(Reads(node));
            nodes.Add(node);
        }
        nodes.Reverse();
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        Keep(graph.Initializer, tensor => needed.Contains(tensor.Name));
        Keep(graph.Input, input => needed.Contains(input.Name));
        // What was said of tensors that are gone would be an error.
        graph.ValueInfo.Clear();
    }

    // Graphs within a node read from around it.
    private static IEnumerable<string> Reads(NodeProto node) => node.Input.Concat(node.Attribute
        .SelectMany(attribute => attribute.Graphs.Concat(attribute.G is null ? [] : new[] { attribute.G }))
        .SelectMany(graph => graph.Node.SelectMany(Reads).Concat(graph.Output.Select(output => output.Name))));

    private static void Keep<T>(Google.Protobuf.Collections.RepeatedField<T> list, Predicate<T> wanted)
    {
        var kept = list.Where(item => wanted(item)).ToArray();
        list.Clear();
        list.AddRange(kept);
    }
}
