namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>An operator that reduces axes, those of its second input or all of them.</summary>
internal abstract class ReductionGradient(string name) : UnaryGradient(name)
{
    /// <summary>
    /// Gives a tensor of the output's shape the reduced axes back, with one element each. Without axes either everything is reduced, to a
    /// number that fits any shape, or, where the node says so, nothing.
    /// </summary>
    protected static string Restore(GradientContext context, string value) => context.Int("keepdims", 1) == 1 || !context.HasInput(1)
        ? value
        : context.Emit("Unsqueeze", [value, context.Input(1)]);

    /// <summary>Repeats a tensor of one element per reduced axis to the input's shape.</summary>
    protected static string Repeat(GradientContext context, string value) => context.Emit("Expand", [value, context.ShapeOf(context.Input(0))]);

    /// <summary>Sums a tensor of the input's shape as this node reduces.</summary>
    protected static string Again(GradientContext context, string value) =>
        context.Emit("ReduceSum", [value, .. context.Node.Input.Skip(1)], [.. context.Node.Attribute]);

    /// <summary>The number of elements that make one output: a constant, unless the axes are free.</summary>
    protected static string Count(GradientContext context)
    {
        var (from, to) = (context.Facts(context.Input(0)), context.Facts(context.Output(0)));
        if (Ratio(from.First, to.First) is { } first && first == Ratio(from.Second, to.Second))
            return context.Scalar(first);
        return context.Emit("Div", [Size(context, context.Input(0)), Size(context, context.Output(0))]);
    }

    private static long? Ratio(long[]? from, long[]? to) => from is null || to is null ? null : TensorValues.Count(from) / Math.Max(1, TensorValues.Count(to));

    private static string Size(GradientContext context, string tensor) =>
        context.Emit("Cast", [context.Emit("Size", [tensor])], GraphBuilder.Int("to", (long)context.Type(context.Input(0))));
}
