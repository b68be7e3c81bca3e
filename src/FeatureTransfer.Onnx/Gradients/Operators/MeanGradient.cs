namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Each takes its share.</summary>
internal sealed class MeanGradient() : BroadcastGradient("Mean")
{
    protected override string? Derive(GradientContext context, string gradient, int input) =>
        context.Times(gradient, 1f / context.InputCount);
}
