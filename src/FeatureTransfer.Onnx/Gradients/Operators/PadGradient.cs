namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>What was added is cut off; borders that repeat or mirror elements are added to these. The constant does not learn.</summary>
internal sealed class PadGradient() : UnaryGradient("Pad")
{
    protected override string Derive(GradientContext context, string gradient)
    {
        var mode = context.Text("mode", "constant");
        if (mode != "constant")
            return Scattered.Back(context, gradient, numbers => context.Emit("Pad", [numbers, .. context.Node.Input.Skip(1)], GraphBuilder.Text("mode", mode)));
        if (context.Needs(2))
            throw context.Unsupported("the value that it pads with would have to learn");

        // Padding by less than nothing cuts off.
        string[] axes = context.HasInput(3) ? ["", context.Input(3)] : [];
        return context.Emit("Pad", [gradient, context.Neg(context.Input(1)), .. axes]);
    }
}
