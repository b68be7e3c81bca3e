namespace FeatureTransfer.Onnx;

/// <summary>Turns a backbone into a feature extractor: layers are tapped, pooled in the graph and joined to one output.</summary>
public static class FeatureGraph
{
    /// <summary>The name of the output: (batch, features), or the tapped shape for <see cref="Pooling.None"/>.</summary>
    public const string OutputName = "features";

    /// <summary>Cuts the model at the tapped tensors, pools each and joins them along axis 1 in the order given.</summary>
    /// <param name="model">The backbone; it is left as it is.</param>
    /// <param name="tensors">The tensors to tap, by name; at least one.</param>
    /// <param name="pooling">How each becomes a vector.</param>
    /// <param name="feeds">What is fed to the model. Default, and null: one input of images.</param>
    /// <param name="unitLength">Whether each layer's vector is divided by its Euclidean length. Default no.</param>
    /// <returns>A model with one output, <see cref="OutputName"/>, and a free batch where the graph allows it.</returns>
    /// <exception cref="FeatureTransferException">There is no such tensor, or the pooling does not fit its rank.</exception>
    public static OnnxModel Build(OnnxModel model, IReadOnlyList<string> tensors, Pooling pooling, GraphFeeds? feeds = null, bool unitLength = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.Count == 0)
            throw new FeatureTransferException($"{model.Name}: no layer to tap was named. Name at least one; 'ft models inspect' lists them.");
        if (pooling == Pooling.None && tensors.Count > 1)
            throw new FeatureTransferException($"{model.Name}: pooling 'none' keeps the shape of one layer, but {tensors.Count} were named. Choose 'flatten' or name one layer.");
        if (feeds?.Mask is not null && pooling is Pooling.None or Pooling.Flatten)
            throw new FeatureTransferException($"{model.Name}: pooling '{pooling.ToString().ToLowerInvariant()}' keeps every token, and texts have different numbers of tokens. Choose 'avg', 'max', 'gem', 'cls' or 'last'.");

        (model, tensors) = OutputNameFree(model, tensors);
        var cut = FreeBatch.Apply(GraphCutter.Cut(model, feeds?.IsComputed(model) == true ? [.. tensors, feeds.Mask!] : tensors));
        if (feeds is null)
            CheckInputs(cut, tensors);
        else
            feeds.Check(cut, tensors);
        ValidPadding.Drop(cut.Proto.Graph);
        var taps = TappedTensor.Measure(cut);
        var builder = new GraphBuilder(cut.Proto.Graph);
        var tokens = feeds?.Mask is { } mask ? new TokenPooling(builder, mask) : null;
        var pooled = tensors.Select(tensor => Vector(tensor, AsFloat(builder, tensor, taps[tensor]), taps[tensor].Rank)).ToList();
        cut.Proto.Graph.Output.Clear();
        var output = builder.Unused(OutputName);
        if (pooled.Count == 1)
            builder.Node("Identity", output, pooled);
        else
            builder.Node("Concat", output, pooled, GraphBuilder.Int("axis", 1));
        cut.Proto.Graph.Output.Add(OutputInfo(output, pooling == Pooling.None ? taps[tensors[0]].Rank : 2));
        return cut;

        string Vector(string layer, string tensor, int rank)
        {
            var vector = tokens is not null && rank == 3 ? tokens.Pool(tensor, pooling) : Pool(builder, cut, tensor, rank, pooling);
            return unitLength ? Unit(builder, cut, vector, layer) : vector;
        }
    }

    // Only now is it known which inputs the layers need.
    private static void CheckInputs(OnnxModel cut, IReadOnlyList<string> tensors)
    {
        if (cut.Inputs.Count == 0)
            throw new FeatureTransferException($"{cut.Name}: the layers {string.Join(", ", tensors)} do not depend on the image. Name others; 'ft models inspect' lists them.");
        if (cut.Inputs.Count == 1)
            return;
        var others = cut.Inputs.Where(input => input.Shape.Count != 4).DefaultIfEmpty(cut.Inputs[1]).ToList();
        throw new FeatureTransferException(
            $"{cut.Name}: beside the image, the model wants {string.Join(" and ", others)}. Give a number for each on the model's card, "
            + $"as in \"otherInputs\": {{ {string.Join(", ", others.Select(input => $"\"{input.Name}\": 0"))} }}, or export the model without.");
    }

    private static string AsFloat(GraphBuilder builder, string tensor, TappedTensor tapped) => tapped.IsFloat
        ? tensor
        : builder.Node("Cast", builder.Unused($"{tensor}/float"), [tensor], GraphBuilder.Int("to", (long)TensorProto.Types.DataType.Float));

    // The sizes stay open, yet there have to be as many as there are: ML.NET's ApplyOnnxModel runs no graph whose outputs have no shape.
    private static ValueInfoProto OutputInfo(string name, int rank)
    {
        var info = GraphBuilder.FloatValue(name, -1);
        for (var axis = 1; axis < rank; axis++)
            info.Type.TensorType.Shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = $"{name}.{axis}" });
        return info;
    }

    // A backbone may have a tensor of the output's name: it steps aside, so that the output can always be asked for by name.
    private static (OnnxModel Model, IReadOnlyList<string> Tensors) OutputNameFree(OnnxModel model, IReadOnlyList<string> tensors)
    {
        const string Aside = OutputName + "/inner";
        if (!model.Proto.Graph.Node.Any(node => node.Name == OutputName || node.Output.Contains(OutputName)))
            return (model, tensors);
        var proto = model.Proto.Clone();
        foreach (var node in proto.Graph.Node.Where(node => node.Name == OutputName))
            node.Name = Aside;
        foreach (var names in proto.Graph.Node.SelectMany(node => new[] { node.Input, node.Output }))
        {
            for (var i = 0; i < names.Count; i++)
                names[i] = names[i] == OutputName ? Aside : names[i];
        }

        foreach (var value in proto.Graph.Output.Concat(proto.Graph.ValueInfo).Where(value => value.Name == OutputName))
            value.Name = Aside;
        return (new OnnxModel(proto, model.Name), [.. tensors.Select(tensor => tensor == OutputName ? Aside : tensor)]);
    }

    private static string Pool(GraphBuilder builder, OnnxModel model, string tensor, int rank, Pooling pooling)
    {
        if (pooling == Pooling.None || rank == 2)
            return tensor;
        if (pooling == Pooling.Flatten || rank < 2)
            return builder.Node("Flatten", builder.Unused($"{tensor}/flat"), [tensor]);
        if (pooling is Pooling.Cls or Pooling.Last)
            return rank == 3 ? Token(builder, tensor, pooling == Pooling.Cls ? 0 : -1) : throw Misfit(model, tensor, rank, pooling);

        // Images (batch, channels, height, width): the axes behind the channels. Tokens (batch, tokens, hidden): the tokens.
        long[] axes = rank == 3 ? [1] : [.. Enumerable.Range(2, rank - 2).Select(axis => (long)axis)];
        var opset = model.Proto.OpsetImport.FirstOrDefault(set => set.Domain.Length == 0)?.Version ?? 1;
        return pooling switch
        {
            Pooling.Avg => Reduce(builder, opset, "ReduceMean", tensor, axes),
            Pooling.Max => Reduce(builder, opset, "ReduceMax", tensor, axes),
            Pooling.Gem => GeneralizedMean(builder, opset, tensor, axes),
            _ => throw Misfit(model, tensor, rank, pooling),
        };
    }

    // From operator set 18 on the axes of a reduction are an input, before they are an attribute.
    internal static string Reduce(GraphBuilder builder, long opset, string op, string tensor, long[] axes, string? name = null)
    {
        var output = builder.Unused(name ?? $"{tensor}/{op}");
        return opset >= 18
            ? builder.Node(op, output, [tensor, builder.Constant($"{output}/axes", axes, axes.Length)], GraphBuilder.Int("keepdims", 0))
            : builder.Node(op, output, [tensor], GraphBuilder.Ints("axes", axes), GraphBuilder.Int("keepdims", 0));
    }

    // Written out: the LpNormalization of ONNX Runtime 1.31 gave rows of a batch other lengths than theirs.
    private static string Unit(GraphBuilder builder, OnnxModel model, string vector, string layer)
    {
        const float Least = 1e-12f;
        var opset = model.Proto.OpsetImport.FirstOrDefault(set => set.Domain.Length == 0)?.Version ?? 1;
        var length = Reduce(builder, opset, "ReduceL2", vector, [1], $"{layer}/length");
        var column = builder.Node("Reshape", builder.Unused($"{layer}/lengths"), [length, builder.Constant($"{layer}/column", [-1L, 1L], 2)]);
        var above = builder.Node("Max", builder.Unused($"{layer}/above"), [column, builder.Constant($"{layer}/least", [Least])]);
        return builder.Node("Div", builder.Unused($"{layer}/unit"), [vector, above]);
    }

    private static string GeneralizedMean(GraphBuilder builder, long opset, string tensor, long[] axes)
    {
        var power = builder.Constant($"{tensor}/p", [3f]);
        var root = builder.Constant($"{tensor}/1_over_p", [1 / 3f]);
        var positive = builder.Node("Relu", builder.Unused($"{tensor}/positive"), [tensor]);
        var raised = builder.Node("Pow", builder.Unused($"{tensor}/raised"), [positive, power]);
        var mean = Reduce(builder, opset, "ReduceMean", raised, axes);
        return builder.Node("Pow", builder.Unused($"{tensor}/gem"), [mean, root]);
    }

    internal static string Token(GraphBuilder builder, string tensor, long place)
    {
        var index = builder.Constant($"{tensor}/token", [place]);
        return builder.Node("Gather", builder.Unused($"{tensor}/token"), [tensor, index], GraphBuilder.Int("axis", 1));
    }

    private static FeatureTransferException Misfit(OnnxModel model, string tensor, int rank, Pooling pooling) => new(
        $"{model.Name}: pooling '{pooling.ToString().ToLowerInvariant()}' does not fit layer '{tensor}', which has {rank} dimensions. "
        + "Use 'avg', 'max', 'gem' or 'flatten'; 'cls' and 'last' are for token sequences (batch, tokens, hidden).");
}
