namespace FeatureTransfer.Onnx;

/// <summary>Pools tensors (batch, tokens, hidden) over the tokens that are none of the filling, to (batch, hidden).</summary>
internal sealed class TokenPooling(GraphBuilder builder, string mask)
{
    // Far below any activation, and far from the ends of 32-bit floats.
    private const float Nothing = 1e30f;

    private readonly Lazy<string> _tokens = new(() => builder.Node("Cast", builder.Unused($"{mask}/float"), [mask], GraphBuilder.Int("to", (long)TensorProto.Types.DataType.Float)));

    /// <summary>The vectors of a tensor.</summary>
    public string Pool(string tensor, Pooling pooling) => pooling switch
    {
        Pooling.Max => Max(tensor),
        Pooling.Gem => Power(Mean(Power(builder.Node("Relu", Name(tensor, "positive"), [tensor]), 3f)), 1 / 3f),
        Pooling.Cls => FeatureGraph.Token(builder, tensor, 0),
        Pooling.Last => Weighted(tensor, Last()),
        _ => Mean(tensor),
    };

    // (batch, 1, tokens) x (batch, tokens, hidden): one product, in every operator set.
    private string Weighted(string tensor, string weights)
    {
        var row = Reshape(weights, [0, 1, -1]);
        return builder.Node("Flatten", Name(tensor, "pooled"), [builder.Node("MatMul", Name(tensor, "weighted"), [row, tensor])]);
    }

    private string Mean(string tensor)
    {
        var ones = builder.Node("MatMul", Name(tensor, "count"), [Reshape(_tokens.Value, [0, 1, -1]), Reshape(_tokens.Value, [0, -1, 1])]);
        return builder.Node("Div", Name(tensor, "mean"), [Weighted(tensor, _tokens.Value), Reshape(ones, [0, 1])]);
    }

    // Transposed, so that the tokens come last: max pooling over them needs no axes, which every operator set writes in another way.
    private string Max(string tensor)
    {
        var filling = builder.Node("Mul", Name(tensor, "filling"), [builder.Node("Sub", Name(tensor, "missing"), [Reshape(_tokens.Value, [0, -1, 1]), One()]), builder.Constant($"{tensor}/nothing", [Nothing])]);
        var hidden = builder.Node("Add", Name(tensor, "tokens"), [tensor, filling]);
        var turned = builder.Node("Transpose", Name(tensor, "turned"), [hidden], GraphBuilder.Ints("perm", 0, 2, 1));
        return builder.Node("Flatten", Name(tensor, "max"), [builder.Node("GlobalMaxPool", Name(tensor, "longest"), [turned])]);
    }

    // The mask one token on differs from the mask at the end of the text alone.
    private string Last()
    {
        var zero = builder.Node("Mul", Name(mask, "zero"), [Slice(0, 1), builder.Constant($"{mask}/no", [0f])]);
        var next = builder.Node("Concat", Name(mask, "next"), [Slice(1, int.MaxValue), zero], GraphBuilder.Int("axis", 1));
        return builder.Node("Sub", Name(mask, "last"), [_tokens.Value, next]);
    }

    private string Slice(long start, long end) => builder.Node(
        "Slice", Name(mask, "slice"), [_tokens.Value, builder.Constant($"{mask}/start", [start], 1), builder.Constant($"{mask}/end", [end], 1), builder.Constant($"{mask}/axis", [1L], 1)]);

    private string Power(string tensor, float power) => builder.Node("Pow", Name(tensor, "power"), [tensor, builder.Constant($"{tensor}/exponent", [power])]);

    private string One() => builder.Constant($"{mask}/one", [1f]);

    private string Reshape(string tensor, long[] shape) => builder.Node("Reshape", Name(tensor, "shaped"), [tensor, builder.Constant($"{tensor}/shape", shape, shape.Length)]);

    private string Name(string tensor, string what) => builder.Unused($"{tensor}/{what}");
}
