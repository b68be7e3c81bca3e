namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>1 above zero, alpha below.</summary>
internal sealed class LeakyReluGradient() : UnaryGradient("LeakyRelu")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        var mask = context.Above(context.Input(0), 0);
        return context.Emit("Where", [mask, gradient, context.Times(gradient, context.Float("alpha", 0.01f))]);
    }
}
