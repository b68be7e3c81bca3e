namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>y (1 - y).</summary>
internal sealed class SigmoidGradient() : UnaryGradient("Sigmoid")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.Mul(gradient, context.Mul(context.Output(0), context.From(1, context.Output(0))));
}
