namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>1 / x.</summary>
internal sealed class LogGradient() : UnaryGradient("Log")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.Div(gradient, context.Input(0));
}
