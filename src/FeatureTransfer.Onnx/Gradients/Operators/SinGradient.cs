namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The cosine.</summary>
internal sealed class SinGradient() : UnaryGradient("Sin")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.Mul(gradient, context.Emit("Cos", [context.Input(0)]));
}
