namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of softmax: y (g - sum of g y).</summary>
internal sealed class SoftmaxGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "Softmax";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient || !context.Needs(0))
            return;
        var weighted = context.Times(gradient, context.Output(0));
        var sum = context.Sum(weighted, [context.Int("axis", -1)], keep: true);
        context.Accumulate(0, context.Minus(weighted, context.Times(context.Output(0), sum)));
    }
}
