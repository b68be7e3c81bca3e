namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The largest elements share the gradient.</summary>
internal sealed class ReduceMaxGradient() : ReductionGradient("ReduceMax")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        var mask = context.Cast(context.Emit("Equal", [context.Input(0), Restore(context, context.Output(0))]), context.Type(context.Input(0)));
        return context.Mul(mask, Restore(context, context.Div(gradient, Again(context, mask))));
    }
}
