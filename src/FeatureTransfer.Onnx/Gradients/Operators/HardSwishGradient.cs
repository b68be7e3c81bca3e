namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>h + x h', for the hard sigmoid h of slope 1/6 (Howard et al. 2019).</summary>
internal sealed class HardSwishGradient() : UnaryGradient("HardSwish")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        var x = context.Input(0);
        var gate = context.Emit("Clip", [context.Plus(context.Times(x, 1 / 6f), 0.5f), context.Scalar(0), context.Scalar(1)]);
        var inside = context.Emit("Less", [context.Emit("Abs", [x]), context.Scalar(3)]);
        return context.Mul(gradient, context.Add(gate, context.KeepWhere(inside, context.Times(x, 1 / 6f))));
    }
}
