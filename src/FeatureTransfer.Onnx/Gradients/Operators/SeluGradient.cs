namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>gamma above zero, y + alpha gamma below (Klambauer et al. 2017).</summary>
internal sealed class SeluGradient() : UnaryGradient("Selu")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        var (alpha, gamma) = (context.Float("alpha", 1.67326319f), context.Float("gamma", 1.05070102f));
        var slope = context.Emit("Where", [context.Above(context.Input(0), 0), context.Scalar(gamma), context.Plus(context.Output(0), alpha * gamma)]);
        return context.Mul(gradient, slope);
    }
}
