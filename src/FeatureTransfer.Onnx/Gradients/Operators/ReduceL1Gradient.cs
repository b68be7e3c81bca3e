namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The sign of each element.</summary>
internal sealed class ReduceL1Gradient() : ReductionGradient("ReduceL1")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        return context.Mul(context.Emit("Sign", [context.Input(0)]), Restore(context, gradient));
    }
}
