namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>An operator whose first input is the only one with a gradient.</summary>
internal abstract class UnaryGradient(string name) : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => name;

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.Needs(0) && context.OutputGradient(0) is { } gradient)
            context.Accumulate(0, Derive(context, gradient));
    }

    /// <summary>The gradient of the input from that of the output.</summary>
    protected abstract string Derive(GradientContext context, string gradient);
}
