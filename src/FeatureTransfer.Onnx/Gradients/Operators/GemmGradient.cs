namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of alpha A B + beta C, with A and B transposed or not.</summary>
internal sealed class GemmGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "Gemm";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient)
            return;
        var (left, right) = (context.Int("transA", 0) != 0, context.Int("transB", 0) != 0);
        var alpha = context.Float("alpha", 1);
        if (context.Needs(0))
        {
            context.Accumulate(0, left
                ? Product(context, alpha, context.Input(1), right, gradient, true)
                : Product(context, alpha, gradient, false, context.Input(1), !right));
        }

        if (context.Needs(1))
        {
            context.Accumulate(1, right
                ? Product(context, alpha, gradient, true, context.Input(0), left)
                : Product(context, alpha, context.Input(0), !left, gradient, false));
        }

        if (context.Needs(2))
            context.Accumulate(2, context.ReduceTo(context.Times(gradient, context.Float("beta", 1)), context.Input(2)));
    }

    private static string Product(GradientContext context, float alpha, string left, bool transposeLeft, string right, bool transposeRight) => context.Emit(
        "Gemm",
        [left, right],
        GraphBuilder.Float("alpha", alpha),
        GraphBuilder.Int("transA", transposeLeft ? 1 : 0),
        GraphBuilder.Int("transB", transposeRight ? 1 : 0));
}
