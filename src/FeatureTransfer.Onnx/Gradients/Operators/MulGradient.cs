namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Each factor weighs the gradient of the other.</summary>
internal sealed class MulGradient() : BroadcastGradient("Mul")
{
    protected override string Derive(GradientContext context, string gradient, int input) => context.Emit("Mul", [gradient, context.Input(1 - input)]);
}
