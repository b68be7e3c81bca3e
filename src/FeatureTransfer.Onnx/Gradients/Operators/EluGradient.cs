namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>1 above zero, y + alpha below.</summary>
internal sealed class EluGradient() : UnaryGradient("Elu")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        var mask = context.Above(context.Input(0), 0);
        var slope = context.Plus(context.Output(0), context.Float("alpha", 1));
        return context.Emit("Where", [mask, gradient, context.Mul(gradient, slope)]);
    }
}
