namespace FeatureTransfer.Onnx;

/// <summary>Changes the height and width that a graph of images declares, where its layers work at any: convolutions do, a classifier behind them does not.</summary>
internal static class FreeSize
{
    // Operators that work at any height and width, and keep them apart from the channels.
    private static readonly HashSet<string> _spatial = new(StringComparer.Ordinal)
    {
        "Conv", "BatchNormalization", "InstanceNormalization", "LRN", "Relu", "LeakyRelu", "PRelu", "Clip", "Sigmoid", "HardSigmoid", "HardSwish",
        "Tanh", "Elu", "Selu", "Softplus", "Erf", "Gelu", "Add", "Sub", "Mul", "Div", "Sum", "Max", "Min", "Pow", "Sqrt", "Exp", "Abs", "Neg",
        "MaxPool", "AveragePool", "Dropout", "Identity", "Pad", "Concat", "Cast", "Transpose",
    };

    /// <summary>The part of a model that some layers need, at the size of the images that are fed; the model itself where it takes them as it is.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="row">The shape of an image as it is fed: (channels, height, width) or (height, width, channels).</param>
    /// <param name="layers">The tensors that are tapped.</param>
    /// <exception cref="FeatureTransferException">Something that these layers need is made for the declared size alone.</exception>
    public static OnnxModel Apply(OnnxModel model, long[] row, IReadOnlyList<string> layers)
    {
        if (model.Inputs is not [{ Shape.Count: 4 } input] || !Differs(input, row))
            return model;
        var cut = GraphCutter.Cut(model, layers);
        if (Obstacle(cut.Proto.Graph, input.Name) is { } node)
        {
            throw new FeatureTransferException(
                $"{model.Name}: the model takes {input}, the preprocessing makes (batch, {string.Join(", ", row)}), and '{node.Output[0]}' ({node.OpType}) may need the model's size. "
                + "Keep to that size, or name layers before it; 'ft models inspect' lists them.");
        }

        var sizes = cut.Proto.Graph.Input.Single(value => value.Name == input.Name).Type.TensorType.Shape.Dim;
        for (var axis = 1; axis < sizes.Count; axis++)
            sizes[axis] = new TensorShapeProto.Types.Dimension { DimValue = row[axis - 1] };
        cut.Proto.Graph.ValueInfo.Clear();
        foreach (var output in cut.Proto.Graph.Output.Where(output => output.Type?.TensorType is not null))
            output.Type.TensorType.Shape = null;

        // ONNX Runtime may still find that branches of this size do not meet: its message then says which size that was.
        return new OnnxModel(cut.Proto, $"{model.Name} at ({string.Join(", ", row)})");
    }

    // Another number of channels, or another order of axes, is a wrong card and no other size.
    private static bool Differs(TensorInfo input, long[] row)
    {
        var pairs = input.Shape.Skip(1).Zip(row).Where(pair => pair.First is { } size && size != pair.Second).ToList();
        return pairs.Count > 0 && pairs.All(pair => pair.First > 3 && pair.Second > 3);
    }

    private static NodeProto? Obstacle(GraphProto graph, string input)
    {
        var spatial = new HashSet<string>(StringComparer.Ordinal) { input };
        foreach (var node in graph.Node.Where(node => node.Input.Any(spatial.Contains)))
        {
            if (EndsSpace(node))
                continue;
            if (!_spatial.Contains(node.OpType))
                return node;
            spatial.UnionWith(node.Output);
        }

        return null;
    }

    // Behind these no tensor's shape depends on the image's.
    private static bool EndsSpace(NodeProto node) =>
        node.OpType is "GlobalAveragePool" or "GlobalMaxPool"
        || (node.OpType is "ReduceMean" or "ReduceMax" && node.Attribute.FirstOrDefault(attribute => attribute.Name == "axes") is { } axes && axes.Ints.Order().SequenceEqual([2L, 3L]));
}
