namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>1 - y^2.</summary>
internal sealed class TanhGradient() : UnaryGradient("Tanh")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.Mul(gradient, context.From(1, context.Mul(context.Output(0), context.Output(0))));
}
