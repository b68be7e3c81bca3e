namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>y.</summary>
internal sealed class ExpGradient() : UnaryGradient("Exp")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.Mul(gradient, context.Output(0));
}
