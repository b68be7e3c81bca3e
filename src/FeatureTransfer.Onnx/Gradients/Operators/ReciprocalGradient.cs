namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>-y^2.</summary>
internal sealed class ReciprocalGradient() : UnaryGradient("Reciprocal")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.Neg(context.Mul(gradient, context.Mul(context.Output(0), context.Output(0))));
}
