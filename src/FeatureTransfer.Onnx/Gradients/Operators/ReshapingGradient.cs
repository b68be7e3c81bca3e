namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>An operator that keeps the elements in their order: the gradient takes the old shape again.</summary>
internal sealed class ReshapingGradient(string name) : UnaryGradient(name)
{
    protected override string Derive(GradientContext context, string gradient) => context.ReshapeLike(gradient, context.Input(0));
}
