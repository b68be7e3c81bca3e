namespace FeatureTransfer.Onnx.Quantization;

/// <summary>
/// Computes convolutions and matrix products in 8-bit integers with ranges that are fixed beforehand: QuantizeLinear and DequantizeLinear
/// around them, which ONNX Runtime fuses into integer kernels. Every tensor keeps its name, now as what the integers stand for.
/// </summary>
internal sealed class StaticProducts
{
    private readonly GraphProto _graph;
    private readonly GraphBuilder _builder;
    private readonly QuantizationPlan _plan;
    private readonly Dictionary<string, ActivationRange> _ranges;

    private StaticProducts(GraphProto graph, QuantizationPlan plan, Dictionary<string, ActivationRange> ranges) =>
        (_graph, _builder, _plan, _ranges) = (graph, new GraphBuilder(graph), plan, ranges);

    /// <summary>The model in integers.</summary>
    /// <param name="model">A model with one input, in floats; it is left as it is.</param>
    /// <param name="sample">Rows of the input.</param>
    /// <param name="row">The shape of a row, without the batch.</param>
    /// <param name="options">How.</param>
    /// <param name="keep">Tensors that have to stay: folding may do away with others that are not outputs.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FeatureTransferException">Nothing can be quantized, or the sample does not do.</exception>
    public static QuantizedModel Apply(OnnxModel model, IEnumerable<float[]> sample, long[] row, StaticQuantizationOptions options, IEnumerable<string> keep, CancellationToken cancellationToken)
    {
        var folded = FoldedModel.Of(FreeBatch.Apply(model), keep);
        if (!options.KeepFirst)
            PixelBlocks.Gather(folded.Proto.Graph);
        var plan = new QuantizationPlan(folded.Proto.Graph, options);
        if (plan.Products.Count == 0)
            throw new FeatureTransferException($"{model.Name}: has no convolution or matrix product with weights of its own that could be computed in int8. Stay with floats.");
        var (histograms, outputs) = CalibrationRun.Over(folded, plan.Calibrated, sample, row, cancellationToken);
        while (folded.Proto.Graph.Output.Count > model.Proto.Graph.Output.Count)
            folded.Proto.Graph.Output.RemoveAt(folded.Proto.Graph.Output.Count - 1);
        new StaticProducts(folded.Proto.Graph, plan, histograms.ToDictionary(pair => pair.Key, pair => pair.Value.Range(options.Method))).Rewrite();
        return new QuantizedModel(folded, outputs);
    }

    private void Rewrite()
    {
        var nodes = _graph.Node.ToList();
        _graph.Node.Clear();
        foreach (var input in _graph.Input.Select(input => input.Name).Where(name => _plan.RangeOf(name) is not null))
        {
            // An input cannot be renamed, so those that read it are.
            var read = Quantize(input, _builder.Unused($"{input}/dequantized"), input);
            foreach (var names in nodes.Select(node => node.Input))
            {
                for (var i = 0; i < names.Count; i++)
                    names[i] = names[i] == input ? read : names[i];
            }
        }

        foreach (var node in nodes)
            Add(node);
        UnusedWeights.Drop(_graph);
    }

    private void Add(NodeProto node)
    {
        if (_plan.Products.TryGetValue(node, out var product))
            Multiply(product);
        _graph.Node.Add(node);
        if (node.OpType == "SpaceToDepth" && _plan.RangeOf(node.Output[0]) is not null)
        {
            Rearrange(node);
            return;
        }

        for (var i = 0; i < node.Output.Count; i++)
        {
            var output = node.Output[i];
            if (_plan.RangeOf(output) is null)
                continue;
            node.Output[i] = _builder.Unused($"{output}/exact");
            Quantize(node.Output[i], output, output);
        }
    }

    // ONNX Runtime would rearrange floats between two conversions; of other operators it takes these away.
    private void Rearrange(NodeProto node)
    {
        var (dequantize, floats) = (_graph.Node.Single(other => other.Output[0] == node.Input[0]), node.Output[0]);
        node.Input[0] = dequantize.Input[0];
        node.Output[0] = _builder.Unused($"{floats}/integers");
        Dequantize(floats, [node.Output[0], .. dequantize.Input.Skip(1)], floats);
    }

    private string Quantize(string from, string to, string tensor)
    {
        var range = _ranges[_plan.RangeOf(tensor)!];
        var scale = _builder.Constant($"{tensor}/scale", [range.Scale]);
        var zero = _builder.Constant($"{tensor}/zero", [range.ZeroPoint]);
        var integers = _builder.Node("QuantizeLinear", _builder.Unused($"{tensor}/integers"), [from, scale, zero]);
        Dequantize(to, [integers, scale, zero], tensor);
        return to;
    }

    // The node that gave the tensor before may be called after it.
    private void Dequantize(string to, IEnumerable<string> inputs, string tensor)
    {
        _builder.Node("DequantizeLinear", to, inputs);
        _graph.Node[^1].Name = _builder.Unused($"{tensor}/dequantize");
    }

    private void Multiply(ProductNode product)
    {
        var (node, weight, axis) = (product.Node, product.Weight, product.Axis);
        var name = node.Output[0];
        var channels = weight.Dims[axis];
        var stride = weight.Dims.Skip(axis + 1).Aggregate(1L, (count, size) => count * size);
        var inputScale = _ranges[_plan.RangeOf(product.Input)!].Scale;
        var bias = product.Bias is null ? null : FloatTensors.Read(product.Bias);
        var signed = SignedWeight.Of(FloatTensors.Read(weight), (int)channels, (int)stride, bias, inputScale);
        node.Input[1] = Dequantize(
            $"{name}/weight", _builder.Constant($"{name}/weight", signed.Values, [.. weight.Dims]), signed.Scales, _builder.Constant($"{name}/weight_zero", new sbyte[channels], channels), axis);
        if (bias is null)
            return;
        node.Input[2] = Dequantize(
            $"{name}/bias", _builder.Constant($"{name}/bias", signed.Bias(bias, inputScale), channels), signed.BiasScales(inputScale), _builder.Constant($"{name}/bias_zero", new int[channels], channels), 0);
    }

    private string Dequantize(string name, string integers, float[] scales, string zero, int axis) => _builder.Node(
        "DequantizeLinear", _builder.Unused($"{name}/floats"), [integers, _builder.Constant($"{name}_scales", scales, scales.Length), zero], GraphBuilder.Int("axis", axis));
}
