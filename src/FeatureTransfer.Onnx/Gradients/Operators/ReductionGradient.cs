namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>An operator that reduces axes, those of its second input or all of them.</summary>
internal abstract class ReductionGradient(string name) : UnaryGradient(name)
{
    /// <summary>Gives a tensor of the output's shape the reduced axes back, with one element each.</summary>
    protected static string Restore(GradientContext context, string value)
    {
        if (context.Int("keepdims", 1) == 1 || IsNothing(context))
            return value;
        if (!context.HasInput(1))
            return context.Emit("Reshape", [value, context.Ints([.. Enumerable.Repeat(1L, context.Rank(context.Input(0)))])]);
        return context.Emit("Unsqueeze", [value, context.Input(1)]);
    }

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

    // Without axes either everything is reduced or, where the node says so, nothing.
    private static bool IsNothing(GradientContext context) => !context.HasInput(1) && context.Int("noop_with_empty_axes", 0) == 1;

    private static string Size(GradientContext context, string tensor) =>
        context.Emit("Cast", [context.Emit("Size", [tensor])], GraphBuilder.Int("to", (long)context.Type(context.Input(0))));
}
