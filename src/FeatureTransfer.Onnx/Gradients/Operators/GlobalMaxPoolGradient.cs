namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a global maximum pool goes to the first of the largest elements of each channel.</summary>
internal sealed class GlobalMaxPoolGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "GlobalMaxPool";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient || !context.Needs(0))
            return;
        var rows = context.Reshaped(context.Input(0), 0, 0, -1);
        var winners = context.Emit("ArgMax", [rows], GraphBuilder.Int("axis", 2), GraphBuilder.Int("keepdims", 1));
        var scattered = context.Emit(
            "ScatterElements", [context.ZerosLike(rows), winners, context.Reshaped(gradient, 0, 0, 1)], GraphBuilder.Int("axis", 2));
        context.Accumulate(0, context.ReshapeLike(scattered, context.Input(0)));
    }
}
