namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Passes the gradient on to the first and turned round to the second.</summary>
internal sealed class SubGradient() : BroadcastGradient("Sub")
{
    protected override string Derive(GradientContext context, string gradient, int input) => input == 0 ? gradient : context.Emit("Neg", [gradient]);
}
