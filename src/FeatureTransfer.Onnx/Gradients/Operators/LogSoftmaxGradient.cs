namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of the logarithm of softmax: g - exp(y) * sum of g.</summary>
internal sealed class LogSoftmaxGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "LogSoftmax";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient || !context.Needs(0))
            return;
        var sum = context.Sum(gradient, [context.Int("axis", -1)], keep: true);
        var shares = context.Emit("Exp", [context.Output(0)]);
        context.Accumulate(0, context.Minus(gradient, context.Times(shares, sum)));
    }
}
