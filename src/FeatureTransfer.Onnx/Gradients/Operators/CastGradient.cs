namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Back to the type that the input had.</summary>
internal sealed class CastGradient() : UnaryGradient("Cast")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.Cast(gradient, context.Type(context.Input(0)));
}
