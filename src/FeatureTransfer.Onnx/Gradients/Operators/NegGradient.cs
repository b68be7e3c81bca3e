namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Turned round.</summary>
internal sealed class NegGradient() : UnaryGradient("Neg")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.Neg(gradient);
}
