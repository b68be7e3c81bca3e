namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>1 / (1 + |x|)^2.</summary>
internal sealed class SoftsignGradient() : UnaryGradient("Softsign")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        var width = context.Plus(context.Emit("Abs", [context.Input(0)]), 1);
        return context.Div(gradient, context.Mul(width, width));
    }
}
