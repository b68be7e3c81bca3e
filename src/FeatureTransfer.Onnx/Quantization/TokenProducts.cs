using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Quantization;

/// <summary>
/// Computes the matrix products of a network of tokens in 8-bit integers. Each token has a range of its own, taken as the network runs, so that
/// its numbers do not depend on what runs beside it; what the sample is for is <see cref="Smoothing"/>. Products of two tensors, as in attention,
/// stay in floats.
/// </summary>
internal sealed class TokenProducts
{
    private const string Contrib = "com.microsoft";
    private const byte Zero = 128;
    private const float Step = 1f / sbyte.MaxValue;

    // Divides a token of zeros.
    private const float Tiny = 1e-30f;

    private readonly GraphBuilder _builder;
    private readonly ILookup<string, ProductNode> _products;
    private readonly Dictionary<string, float[]> _maxima;
    private readonly Dictionary<string, TokenIntegers> _integers = new(StringComparer.Ordinal);
    private readonly string _axis;
    private readonly string _step;
    private readonly string _zero;
    private readonly string _tiny;

    private TokenProducts(GraphProto graph, IReadOnlyList<ProductNode> products, Dictionary<string, float[]> maxima)
    {
        _builder = new GraphBuilder(graph);
        _products = products.ToLookup(product => product.Input, StringComparer.Ordinal);
        _maxima = maxima;
        _axis = _builder.Constant(_builder.Unused("int8/axis"), [-1L], 1);
        _step = _builder.Constant(_builder.Unused("int8/step"), [Step]);
        _zero = _builder.Constant(_builder.Unused("int8/zero"), [Zero]);
        _tiny = _builder.Constant(_builder.Unused("int8/tiny"), [Tiny]);
    }

    /// <summary>The model in integers.</summary>
    /// <param name="model">A model in floats; it is left as it is.</param>
    /// <param name="sample">Its inputs by their names.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FeatureTransferException">Nothing can be quantized, or the sample does not do.</exception>
    public static QuantizedModel Apply(OnnxModel model, IEnumerable<IReadOnlyDictionary<string, OrtValue>> sample, CancellationToken cancellationToken)
    {
        var folded = FoldedModel.Of(model, []);
        var graph = folded.Proto.Graph;
        var constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        List<ProductNode> products = [.. graph.Node.Where(node => node.OpType != "Conv").Select(node => ProductNode.Of(node, constants)).OfType<ProductNode>()];
        if (products.Count == 0)
            throw new FeatureTransferException($"{model.Name}: has no matrix product with weights of its own that could be computed in int8. Stay with floats.");
        var (maxima, outputs) = ChannelMaxima.Over(folded, products.ConvertAll(product => product.Input).Distinct().ToList(), sample, cancellationToken);
        new TokenProducts(graph, products, maxima).Rewrite();
        if (!folded.Proto.OpsetImport.Any(import => import.Domain == Contrib))
            folded.Proto.OpsetImport.Add(new OperatorSetIdProto { Domain = Contrib, Version = 1 });
        return new QuantizedModel(folded, outputs);
    }

    private void Rewrite()
    {
        var graph = _builder.Graph;
        var nodes = graph.Node.ToList();
        graph.Node.Clear();
        foreach (var node in nodes)
        {
            if (_products[node.InputOrEmpty(0)].FirstOrDefault(product => product.Node == node) is { } product)
                Multiply(product);
            else
                graph.Node.Add(node);
        }

        UnusedWeights.Drop(graph);
    }

    private void Multiply(ProductNode product)
    {
        if (!_integers.TryGetValue(product.Input, out var tokens))
            _integers[product.Input] = tokens = Quantize(product.Input);
        var (name, (rows, columns)) = (product.Node.Output[0], SizeOf(product));
        var weight = Rows(product);
        for (var i = 0; i < weight.Length; i++)
            weight[i] *= tokens.Factors[i / columns];
        var signed = SignedWeight.Of(weight, columns, 1, null, 1);
        var product8 = _builder.Node(
            "MatMulIntegerToFloat",
            _builder.Unused($"{name}/product"),
            [
                tokens.Integers,
                _builder.Constant(_builder.Unused($"{name}/weight"), signed.Values, rows, columns),
                _step,
                _builder.Constant(_builder.Unused($"{name}/scales"), signed.Scales, columns),
                _zero,
            ]);
        _builder.Graph.Node[^1].Domain = Contrib;
        if (product.Bias is null)
            Scale(product8, tokens, name);
        else
            _builder.Node("Add", name, [Scale(product8, tokens, _builder.Unused($"{name}/scaled")), product.Bias.Name]);
        _builder.Graph.Node[^1].Name = _builder.Unused($"{name}/int8");
    }

    private string Scale(string product, TokenIntegers tokens, string output) => _builder.Node("Mul", output, [product, tokens.Scale]);

    // A scale a token: its largest channel, once the channels are smoothed, becomes the largest integer.
    private TokenIntegers Quantize(string tensor)
    {
        var factors = Smoothing.Factors(_maxima[tensor], WeightMaxima(tensor));
        var inverse = _builder.Constant(_builder.Unused($"{tensor}/smoothing"), Array.ConvertAll(factors, factor => 1 / factor), factors.Length);
        var smooth = _builder.Node("Mul", _builder.Unused($"{tensor}/smooth"), [tensor, inverse]);
        var largest = _builder.Node("ReduceMax", _builder.Unused($"{tensor}/largest"), [_builder.Node("Abs", _builder.Unused($"{tensor}/absolute"), [smooth]), _axis]);
        var scale = _builder.Node("Max", _builder.Unused($"{tensor}/scale"), [largest, _tiny]);
        var shares = _builder.Node("Div", _builder.Unused($"{tensor}/shares"), [smooth, scale]);
        return new TokenIntegers(_builder.Node("QuantizeLinear", _builder.Unused($"{tensor}/integers"), [shares, _step, _zero]), scale, factors);
    }

    private float[] WeightMaxima(string tensor)
    {
        var maxima = new float[_maxima[tensor].Length];
        foreach (var product in _products[tensor])
        {
            var (weight, columns) = (Rows(product), SizeOf(product).Columns);
            for (var i = 0; i < weight.Length; i++)
                maxima[i / columns] = MathF.Max(maxima[i / columns], MathF.Abs(weight[i]));
        }

        return maxima;
    }

    private static (int Rows, int Columns) SizeOf(ProductNode product) => ((int)product.Weight.Dims[1 - product.Axis], (int)product.Weight.Dims[product.Axis]);

    // The weight with an input channel a row, whichever way round it is stored.
    private static float[] Rows(ProductNode product)
    {
        var values = FloatTensors.Read(product.Weight);
        if (product.Axis == 1)
            return values;
        var ((rows, columns), turned) = (SizeOf(product), new float[values.Length]);
        for (var i = 0; i < values.Length; i++)
            turned[(i % rows * columns) + (i / rows)] = values[i];
        return turned;
    }

    /// <summary>A tensor in integers.</summary>
    /// <param name="Integers">The integers, about <see cref="Zero"/>.</param>
    /// <param name="Scale">The largest absolute value of each token, smoothed.</param>
    /// <param name="Factors">What the channels were divided by.</param>
    private sealed record TokenIntegers(string Integers, string Scale, float[] Factors);
}
