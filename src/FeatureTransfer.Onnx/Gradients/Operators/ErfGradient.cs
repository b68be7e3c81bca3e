namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>2 / sqrt(pi) exp(-x^2).</summary>
internal sealed class ErfGradient() : UnaryGradient("Erf")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        var x = context.Input(0);
        var bell = context.Emit("Exp", [context.Neg(context.Mul(x, x))]);
        return context.Mul(gradient, context.Times(bell, 2 / MathF.Sqrt(MathF.PI)));
    }
}
