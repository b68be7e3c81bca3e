namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>1 / b for the first, -a / b^2 for the second.</summary>
internal sealed class DivGradient() : BroadcastGradient("Div")
{
    protected override string Derive(GradientContext context, string gradient, int input)
    {
        var quotient = context.Emit("Div", [gradient, context.Input(1)]);
        return input == 0 ? quotient : context.Emit("Neg", [context.Emit("Mul", [quotient, context.Output(0)])]);
    }
}
