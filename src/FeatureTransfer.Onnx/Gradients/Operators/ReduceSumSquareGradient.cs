namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>2 x.</summary>
internal sealed class ReduceSumSquareGradient() : ReductionGradient("ReduceSumSquare")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        return context.Mul(context.Times(context.Input(0), 2), Restore(context, gradient));
    }
}
