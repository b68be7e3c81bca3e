namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>1 / (2 y).</summary>
internal sealed class SqrtGradient() : UnaryGradient("Sqrt")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.Div(context.Times(gradient, 0.5f), context.Output(0));
}
