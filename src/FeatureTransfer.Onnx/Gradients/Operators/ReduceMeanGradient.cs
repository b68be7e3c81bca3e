namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Every element takes its share of the gradient of the mean.</summary>
internal sealed class ReduceMeanGradient() : ReductionGradient("ReduceMean")
{
    protected override string Derive(GradientContext context, string gradient) =>
        Repeat(context, Restore(context, context.Emit("Div", [gradient, Count(context)])));
}
