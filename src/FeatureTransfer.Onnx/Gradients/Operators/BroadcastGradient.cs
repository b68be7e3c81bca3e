namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>An operator of inputs that are broadcast to one shape.</summary>
internal abstract class BroadcastGradient(string name) : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => name;

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient)
            return;
        for (var i = 0; i < context.InputCount; i++)
        {
            if (context.Needs(i) && Derive(context, gradient, i) is { } part)
                context.Accumulate(i, context.ReduceTo(part, context.Input(i)));
        }
    }

    /// <summary>The gradient of an input in the shape of the output; null where there is none.</summary>
    protected abstract string? Derive(GradientContext context, string gradient, int input);
}
