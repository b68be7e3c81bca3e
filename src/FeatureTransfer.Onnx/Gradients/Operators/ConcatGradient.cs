namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Each part takes its piece.</summary>
internal sealed class ConcatGradient() : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "Concat";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient)
            return;
        var rank = context.Rank(context.Output(0));
        var axis = context.Int("axis", 1) is var given && given < 0 ? given + rank : given;
        var sizes = Enumerable.Range(0, context.InputCount).Select(i => context.Shape(context.Input(i))?[axis]).ToArray();
        if (sizes.Contains(null))
            Split(context, gradient, axis, context.Emit("Concat", Enumerable.Range(0, context.InputCount).Select(i => Size(context, i, axis)), GraphBuilder.Int("axis", 0)));
        else if (Enumerable.Range(0, context.InputCount).Count(context.Needs) == 1)
            Slice(context, gradient, axis, [.. sizes.Select(size => size!.Value)]);
        else
            Split(context, gradient, axis, context.Ints([.. sizes.Select(size => size!.Value)]));
    }

    private static void Split(GradientContext context, string gradient, long axis, string sizes)
    {
        var parts = context.EmitMany("Split", context.InputCount, [gradient, sizes], GraphBuilder.Int("axis", axis));
        for (var i = 0; i < parts.Length; i++)
            context.Accumulate(i, parts[i]);
    }

    private static void Slice(GradientContext context, string gradient, long axis, long[] sizes)
    {
        var i = Enumerable.Range(0, context.InputCount).Single(context.Needs);
        var start = sizes.Take(i).Sum();
        context.Accumulate(i, context.Emit("Slice", [gradient, context.Ints(start), context.Ints(start + sizes[i]), context.Ints(axis)]));
    }

    private static string Size(GradientContext context, int input, long axis) =>
        context.Emit("Gather", [context.Emit("Shape", [context.Input(input)]), context.Ints(axis)]);
}
