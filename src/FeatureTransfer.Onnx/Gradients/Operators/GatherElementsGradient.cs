namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Elements that were taken collect the gradients of all places where they went.</summary>
internal sealed class GatherElementsGradient() : UnaryGradient("GatherElements")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        var zeros = context.Emit("Expand", [context.Scalar(0), context.ShapeOf(context.Input(0))]);
        return context.Emit(
            "ScatterElements",
            [zeros, context.Input(1), gradient],
            GraphBuilder.Int("axis", context.Int("axis", 0)),
            GraphBuilder.Text("reduction", "add"));
    }
}
