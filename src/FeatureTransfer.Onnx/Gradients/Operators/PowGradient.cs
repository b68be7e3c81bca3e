namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>p x^(p - 1) for the base, y ln x for the exponent; 0 for the exponent where the base is not positive.</summary>
internal sealed class PowGradient() : BroadcastGradient("Pow")
{
    protected override string? Derive(GradientContext context, string gradient, int input) =>
        input == 0 ? Base(context, gradient) : Exponent(context, gradient);

    private static string? Base(GradientContext context, string gradient)
    {
        var x = context.Input(0);
        if (context.ConstantFloats(context.Input(1)) is [var power])
        {
            return power switch
            {
                0 => null,
                1 => gradient,
                2 => context.Mul(gradient, context.Times(x, 2)),
                3 => context.Mul(gradient, context.Times(context.Mul(x, x), 3)),
                _ => context.Mul(gradient, context.Times(context.Emit("Pow", [x, context.Scalar(power - 1)]), power)),
            };
        }

        // 0 to the power of -1 would be infinite: where the exponent is 0 the slope is 0.
        var p = context.Cast(context.Input(1), context.Type(x));
        var slope = context.Mul(p, context.Emit("Pow", [x, context.Plus(p, -1)]));
        return context.Mul(gradient, context.Emit("Where", [context.Emit("Equal", [p, context.Scalar(0)]), context.Scalar(0), slope]));
    }

    private static string Exponent(GradientContext context, string gradient)
    {
        var x = context.Input(0);
        var positive = context.Above(x, 0);
        var logarithm = context.Emit("Log", [context.Emit("Where", [positive, x, context.Scalar(1)])]);
        return context.Mul(gradient, context.Mul(context.Output(0), logarithm));
    }
}
