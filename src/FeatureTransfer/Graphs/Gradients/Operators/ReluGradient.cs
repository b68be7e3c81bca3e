namespace FeatureTransfer.Graphs.Gradients.Operators;

/// <summary>1 where the output is positive.</summary>
internal sealed class ReluGradient() : UnaryGradient("Relu")
{
    // The output is never negative, so its sign is the mask.
    protected override string Derive(GradientContext context, string gradient) =>
        context.Emit("Mul", [gradient, context.Emit("Sign", [context.Output(0)])]);
}
