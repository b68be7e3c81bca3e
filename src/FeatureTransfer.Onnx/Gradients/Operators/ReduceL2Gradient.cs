namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>x / y.</summary>
internal sealed class ReduceL2Gradient() : ReductionGradient("ReduceL2")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        return context.Mul(context.Input(0), Restore(context, context.Div(gradient, context.Output(0))));
    }
}
