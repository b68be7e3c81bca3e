namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>alpha between the two flat ends.</summary>
internal sealed class HardSigmoidGradient() : UnaryGradient("HardSigmoid")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        var y = context.Output(0);
        var inside = context.Emit("And", [context.Above(y, 0), context.Emit("Less", [y, context.Scalar(1)])]);
        return context.KeepWhere(inside, context.Times(gradient, context.Float("alpha", 0.2f)));
    }
}
