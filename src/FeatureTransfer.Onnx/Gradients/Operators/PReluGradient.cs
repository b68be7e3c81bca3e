namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>1 above zero; below it the slope for the input, and the input for the slope (He et al. 2015).</summary>
internal sealed class PReluGradient() : BroadcastGradient("PRelu")
{
    protected override string? Derive(GradientContext context, string gradient, int input)
    {
        var x = context.Input(0);
        if (input == 1)
            return context.Mul(gradient, context.Emit("Min", [x, context.Scalar(0)]));
        return context.Emit("Where", [context.Above(x, 0), gradient, context.Mul(gradient, context.Input(1))]);
    }
}
