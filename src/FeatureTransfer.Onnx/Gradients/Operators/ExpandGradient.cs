namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Summed over what was repeated.</summary>
internal sealed class ExpandGradient() : UnaryGradient("Expand")
{
    protected override string Derive(GradientContext context, string gradient) =>
        context.ReduceTo(gradient, context.Input(0));
}
