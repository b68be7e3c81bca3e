namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The pieces joined again; a piece that nothing depends on counts as zeros.</summary>
internal sealed class SplitGradient() : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "Split";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        var parts = Enumerable.Range(0, context.OutputCount).Select(i => context.OutputGradient(i) ?? Zeros(context, i));
        context.Accumulate(0, context.Emit("Concat", parts.ToList(), GraphBuilder.Int("axis", context.Int("axis", 0))));
    }

    private static string Zeros(GradientContext context, int output) => context.Output(output) is { Length: > 0 } name
        ? context.Emit("Expand", [context.Scalar(0), context.ShapeOf(name)])
        : throw context.Unsupported("an output without a name leaves a gap whose size is unknown");
}
