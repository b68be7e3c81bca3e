namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a matrix product, batched and broadcasting: G B' on the left, A' G on the right.</summary>
internal sealed class MatMulGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "MatMul";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient)
            return;
        var (left, right) = (context.Rank(context.Input(0)), context.Rank(context.Input(1)));
        var upper = AsMatrices(context, gradient, left, right);
        if (context.Needs(0))
            Left(context, upper, right);
        if (context.Needs(1))
            Right(context, upper, left, right);
    }

    // A vector on the left is a row, on the right a column; the product leaves that axis out.
    private static string AsMatrices(GradientContext context, string gradient, int left, int right) => (left, right) switch
    {
        (1, 1) => context.Reshaped(gradient, 1, 1),
        (1, _) => context.Emit("Unsqueeze", [gradient, context.Ints(-2)]),
        (_, 1) => context.Emit("Unsqueeze", [gradient, context.Ints(-1)]),
        _ => gradient,
    };

    private static void Left(GradientContext context, string upper, int right)
    {
        var exchanged = right == 1
            ? context.Reshaped(context.Input(1), 1, -1)
            : context.LastTwoExchanged(context.Input(1), right);
        var product = context.Product(upper, exchanged);
        context.Accumulate(0, context.ReduceTo(product, context.Input(0)));
    }

    private static void Right(GradientContext context, string upper, int left, int right)
    {
        if (left > 1 && right == 2)
        {
            context.Accumulate(1, OneProduct(context, upper));
            return;
        }

        var exchanged = left == 1
            ? context.Reshaped(context.Input(0), -1, 1)
            : context.LastTwoExchanged(context.Input(0), left);
        var product = context.Product(exchanged, upper);
        context.Accumulate(1, right == 1 ? Vector(context, product) : context.ReduceTo(product, context.Input(1)));
    }

    // One matrix for every row of the batch, the usual dense layer: all rows at once, no sum over the batch afterwards.
    private static string OneProduct(GradientContext context, string upper)
    {
        var shape = context.KnownSizes(context.Input(1), 0);
        return context.Emit(
            "Gemm",
            [context.Reshaped(context.Input(0), -1, shape[0]), context.Reshaped(upper, -1, shape[1])],
            GraphBuilder.Int("transA", 1));
    }

    // Matrices with one column, summed over the batch, as a vector.
    private static string Vector(GradientContext context, string product)
    {
        var length = context.KnownSizes(context.Input(1), 0)[0];
        return context.Sum(context.Reshaped(product, -1, length), [0], keep: false);
    }
}
