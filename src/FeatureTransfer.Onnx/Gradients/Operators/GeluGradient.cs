namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The slope of x times the normal distribution function, or of its approximation by tanh (Hendrycks and Gimpel 2016).</summary>
internal sealed class GeluGradient() : UnaryGradient("Gelu")
{
    private static string Exact(GradientContext context, string x)
    {
        var below = context.Times(context.Plus(context.Emit("Erf", [context.Times(x, MathF.Sqrt(0.5f))]), 1), 0.5f);
        var density = context.Times(context.Emit("Exp", [context.Times(context.Mul(x, x), -0.5f)]), 1 / MathF.Sqrt(2 * MathF.PI));
        return context.Add(below, context.Mul(x, density));
    }

    private static string Approximate(GradientContext context, string x)
    {
        const float Cubic = 0.044715f;
        var scale = MathF.Sqrt(2 / MathF.PI);
        var square = context.Mul(x, x);
        var inner = context.Mul(context.Times(x, scale), context.Plus(context.Times(square, Cubic), 1));
        var t = context.Emit("Tanh", [inner]);
        var innerSlope = context.Times(context.Plus(context.Times(square, 3 * Cubic), 1), scale);
        var tanhSlope = context.Mul(context.From(1, context.Mul(t, t)), innerSlope);
        return context.Times(context.Add(context.Plus(t, 1), context.Mul(x, tanhSlope)), 0.5f);
    }

    protected override string Derive(GradientContext context, string gradient)
    {
        var x = context.Input(0);
        return context.Mul(gradient, context.Text("approximate", "none") == "tanh" ? Approximate(context, x) : Exact(context, x));
    }
}
