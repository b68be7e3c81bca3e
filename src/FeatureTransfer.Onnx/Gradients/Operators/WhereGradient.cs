namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Each takes the gradient where it was chosen.</summary>
internal sealed class WhereGradient() : BroadcastGradient("Where")
{
    protected override string? Derive(GradientContext context, string gradient, int input)
    {
        var (condition, zero) = (context.Input(0), context.Scalar(0));
        return context.Emit("Where", input == 1 ? [condition, gradient, zero] : [condition, zero, gradient]);
    }
}
