using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.FineTuning;

/// <summary>A weight that may learn.</summary>
/// <param name="Name">The initializer.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Node">The node that uses it first.</param>
/// <param name="Depth">How many layers lie between it and the head, which has 0.</param>
internal sealed record TrainableWeight(string Name, IReadOnlyList<int> Shape, NodeProto Node, int Depth);

/// <summary>Finds the weights of a graph: constants that steer what is computed, such as a factor of one half, are none.</summary>
internal static class TrainableWeights
{
    // Which inputs of an operator hold weights. Running statistics of BatchNormalization are no weights.
    private static readonly Dictionary<string, int[]> _places = new(StringComparer.Ordinal)
    {
        ["Conv"] = [1, 2],
        ["ConvTranspose"] = [1, 2],
        ["Gemm"] = [1, 2],
        ["MatMul"] = [0, 1],
        ["Einsum"] = [0, 1],
        ["BatchNormalization"] = [1, 2],
        ["InstanceNormalization"] = [1, 2],
        ["LayerNormalization"] = [1, 2],
        ["GroupNormalization"] = [1, 2],
        ["PRelu"] = [1],
        ["Gather"] = [0],
        ["Add"] = [0, 1],
        ["Sub"] = [0, 1],
        ["Mul"] = [0, 1],
        ["Div"] = [0, 1],
    };

    private static readonly HashSet<string> _passing = new(StringComparer.Ordinal) { "Identity", "Transpose", "Reshape", "Squeeze", "Unsqueeze" };

    /// <summary>All weights, in the order in which they are used.</summary>
    public static IReadOnlyList<TrainableWeight> Find(TuningModel model)
    {
        var graph = model.Model.Proto.Graph;
        var floats = graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var producers = graph.Node.SelectMany(node => node.Output.Select(output => (output, node))).ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        var fixedOnes = new[] { model.Layout.Mean, model.Layout.Scale, model.Layout.LabelMean, model.Layout.LabelScale };
        var head = model.Layout.Weights.ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, (TensorProto Tensor, NodeProto Node, int Layer)>(StringComparer.Ordinal);
        var layer = 0;
        var headStarted = false;
        foreach (var node in graph.Node)
        {
            var fresh = Weights(node, floats, producers).Where(tensor => !fixedOnes.Contains(tensor.Name) && !found.ContainsKey(tensor.Name)).ToList();
            var startsLayer = fresh.Exists(tensor => tensor.Dims.Count > 1) && !headStarted;
            headStarted |= fresh.Exists(tensor => head.Contains(tensor.Name));
            layer += startsLayer ? 1 : 0;
            foreach (var tensor in fresh)
                found[tensor.Name] = (tensor, node, layer);
        }

        return [.. found.Values.Select(weight => new TrainableWeight(weight.Tensor.Name, [.. weight.Tensor.Dims.Select(size => (int)size)], weight.Node, layer - weight.Layer))];
    }

    /// <summary>The weights from a layer on: those of the node that computes it and of all that depend on it, the head's among them.</summary>
    /// <exception cref="FeatureTransferException">There is no such layer, or the head does not depend on it.</exception>
    public static IReadOnlyList<TrainableWeight> From(TuningModel model, IReadOnlyList<TrainableWeight> weights, string layer)
    {
        var graph = model.Model.Proto.Graph;
        var first = graph.Node.FirstOrDefault(node => node.Output.Contains(layer))
            ?? throw new FeatureTransferException($"{model.Model.Name}: there is no layer '{layer}' before the head to train from.{NearestName.Hint(layer, model.FeatureModel.TensorNames)} 'ft models inspect' lists the layers; it has to be one that the head's layer needs.");
        var after = new HashSet<string>(first.Output, StringComparer.Ordinal);
        var nodes = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance) { first };
        foreach (var node in graph.Node.Where(node => node.Input.Any(after.Contains)))
        {
            nodes.Add(node);
            after.UnionWith(node.Output);
        }

        return [.. weights.Where(weight => nodes.Contains(weight.Node))];
    }

    /// <summary>The weights whose names fit one of the patterns, and the head's.</summary>
    /// <exception cref="FeatureTransferException">A pattern fits no weight.</exception>
    public static IReadOnlyList<TrainableWeight> Fitting(TuningModel model, IReadOnlyList<TrainableWeight> weights, IReadOnlyList<string> patterns)
    {
        var idle = patterns.FirstOrDefault(pattern => !weights.Any(weight => NamePattern.Fits(pattern, weight.Name)));
        if (idle is not null)
            throw new FeatureTransferException($"{model.Model.Name}: no weight fits the pattern '{idle}'. The first and last weights are {string.Join(", ", weights.Take(4).Concat(weights.TakeLast(4)).Select(weight => weight.Name).Distinct())}.");
        return [.. weights.Where(weight => model.Layout.Weights.Contains(weight.Name) || patterns.Any(pattern => NamePattern.Fits(pattern, weight.Name)))];
    }

    private static IEnumerable<TensorProto> Weights(NodeProto node, Dictionary<string, TensorProto> floats, Dictionary<string, NodeProto> producers)
    {
        if (!_places.TryGetValue(node.OpType, out var places))
            yield break;
        foreach (var place in places.Where(place => place < node.Input.Count))
        {
            var name = node.Input[place];
            while (!floats.ContainsKey(name) && producers.TryGetValue(name, out var before) && _passing.Contains(before.OpType))
                name = before.Input[0];
            if (floats.TryGetValue(name, out var tensor) && tensor.Dims.Aggregate(1L, (product, size) => product * size) > 1)
                yield return tensor;
        }
    }
}
