namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The sine, turned round.</summary>
internal sealed class CosGradient() : UnaryGradient("Cos")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.Neg(context.Mul(gradient, context.Emit("Sin", [context.Input(0)])));
}
