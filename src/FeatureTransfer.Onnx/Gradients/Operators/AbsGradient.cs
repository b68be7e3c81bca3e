namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The sign; 0 at 0.</summary>
internal sealed class AbsGradient() : UnaryGradient("Abs")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.Mul(gradient, context.Emit("Sign", [context.Input(0)]));
}
