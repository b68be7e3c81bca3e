namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The softmax over what was reduced.</summary>
internal sealed class ReduceLogSumExpGradient() : ReductionGradient("ReduceLogSumExp")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        var weights = context.Emit("Exp", [context.Sub(context.Input(0), Restore(context, context.Output(0)))]);
        return context.Mul(weights, Restore(context, gradient));
    }
}
