namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a global average pool: each element of a channel gets the same share.</summary>
internal sealed class GlobalAveragePoolGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "GlobalAveragePool";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient || !context.Needs(0))
            return;
        var share = context.Times(gradient, 1f / TensorEmissions.Count(context.KnownSizes(context.Input(0), 2)));
        context.Accumulate(0, context.Emit("Expand", [share, context.ShapeOf(context.Input(0))]));
    }
}
