namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The sigmoid.</summary>
internal sealed class SoftplusGradient() : UnaryGradient("Softplus")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.Mul(gradient, context.Emit("Sigmoid", [context.Input(0)]));
}
