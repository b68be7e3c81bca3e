namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Rows that were taken collect the gradients of all places where they went.</summary>
internal sealed class GatherGradient() : UnaryGradient("Gather")
{
    // One fixed index, the class token for instance: zeros around it.
    private static string? Padded(GradientContext context, string gradient, long axis)
    {
        var data = context.Input(0);
        if (context.ConstantInts(context.Input(1)) is not [var index] || context.Shape(data)?[axis] is not { } size)
            return null;
        index = index < 0 ? index + size : index;
        var rank = context.Rank(data);
        var pads = new long[2 * rank];
        (pads[axis], pads[axis + rank]) = (index, size - 1 - index);
        var one = context.Rank(context.Input(1)) == 0 ? context.Emit("Unsqueeze", [gradient, context.Ints(axis)]) : gradient;
        return context.Rank(context.Input(1)) > 1 ? null : context.Emit("Pad", [one, context.Ints(pads)]);
    }

    // ScatterElements adds one after the other. ScatterND may add on several threads at once, a race where an index comes twice.
    private static string Collected(GradientContext context, string gradient, int axis, int rank)
    {
        var updates = context.Rank(context.Input(1)) == 1 ? gradient : context.Emit("Reshape", [gradient, OneAxis(context, axis, rank)]);
        var places = context.Reshaped(context.Input(1), [.. WindowGeometry.Ones(axis), -1, .. WindowGeometry.Ones(rank - axis - 1)]);
        var zeros = context.Emit("Expand", [context.Scalar(0), context.ShapeOf(context.Input(0))]);
        return context.Emit(
            "ScatterElements",
            [zeros, context.Emit("Expand", [places, context.Emit("Shape", [updates])]), updates],
            GraphBuilder.Int("axis", axis),
            GraphBuilder.Text("reduction", "add"));
    }

    // The shape of the gradient with all axes of the indices as one. A size before them stays at its place.
    private static string OneAxis(GradientContext context, int axis, int rank)
    {
        if (context.Shape(context.Input(0)) is { } shape && !shape.Skip(axis + 1).Contains(null))
            return context.Ints([.. new long[axis], -1, .. shape.Skip(axis + 1).Select(size => size!.Value)]);
        var behind = context.Part(context.Emit("Shape", [context.Input(0)]), [0], [axis + 1], [rank]);
        return context.Emit("Concat", [context.Ints([.. new long[axis], -1]), behind], GraphBuilder.Int("axis", 0));
    }

    protected override string Derive(GradientContext context, string gradient)
    {
        var data = context.Input(0);
        var rank = context.Rank(data);
        var axis = context.Int("axis", 0) is var given && given < 0 ? given + rank : given;
        return Padded(context, gradient, axis) ?? Collected(context, gradient, (int)axis, rank);
    }
}
