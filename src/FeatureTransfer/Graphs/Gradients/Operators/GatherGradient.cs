namespace FeatureTransfer.Graphs.Gradients.Operators;

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

    private static string Collected(GradientContext context, string gradient, int axis, int rank)
    {
        var places = context.Rank(context.Input(1));
        long[] front = [axis, .. Others(rank, axis)];
        var turned = axis == 0 ? gradient : context.Emit("Transpose", [gradient], GraphBuilder.Ints("perm", [.. Enumerable.Range(axis, places), .. Others(rank + places - 1, axis, places)]));
        var shape = context.ShapeOf(context.Input(0));
        shape = axis == 0 ? shape : context.Emit("Gather", [shape, context.Ints(front)]);
        var zeros = context.Emit("Expand", [context.Scalar(0), shape]);
        var rows = context.Emit("Unsqueeze", [context.Input(1), context.Ints(-1)]);
        var sums = context.Emit("ScatterND", [zeros, rows, turned], GraphBuilder.Text("reduction", "add"));
        return axis == 0 ? sums : context.Emit("Transpose", [sums], GraphBuilder.Ints("perm", Inverse(front)));
    }

    private static IEnumerable<long> Others(int rank, int axis, int count = 1) =>
        Enumerable.Range(0, rank).Where(i => i < axis || i >= axis + count).Select(i => (long)i);

    private static long[] Inverse(long[] order)
    {
        var inverse = new long[order.Length];
        for (var i = 0; i < order.Length; i++)
            inverse[order[i]] = i;
        return inverse;
    }

    protected override string Derive(GradientContext context, string gradient)
    {
        var data = context.Input(0);
        var rank = context.Rank(data);
        var axis = context.Int("axis", 0) is var given && given < 0 ? given + rank : given;
        return Padded(context, gradient, axis) ?? Collected(context, gradient, (int)axis, rank);
    }
}
