namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Passes the gradient on to all.</summary>
internal sealed class SumGradient() : BroadcastGradient("Sum")
{
    protected override string Derive(GradientContext context, string gradient, int input) => gradient;
}
