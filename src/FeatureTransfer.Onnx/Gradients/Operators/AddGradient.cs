namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Passes the gradient on to both.</summary>
internal sealed class AddGradient() : BroadcastGradient("Add")
{
    protected override string Derive(GradientContext context, string gradient, int input) => gradient;
}
