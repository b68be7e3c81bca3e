namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Every element that was summed takes the gradient of the sum.</summary>
internal sealed class ReduceSumGradient() : ReductionGradient("ReduceSum")
{
    protected override string Derive(GradientContext context, string gradient) => Repeat(context, Restore(context, gradient));
}
