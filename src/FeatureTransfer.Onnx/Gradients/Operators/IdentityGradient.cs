namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Passes the gradient on.</summary>
internal sealed class IdentityGradient() : UnaryGradient("Identity")
{
    protected override string Derive(GradientContext context, string gradient) =>
        gradient;
}
