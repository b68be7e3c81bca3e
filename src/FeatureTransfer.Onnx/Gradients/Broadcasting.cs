namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Sums over the axes along which a tensor was repeated.</summary>
internal static class Broadcasting
{
    /// <summary>Sums a gradient to the shape of a tensor.</summary>
    public static string ReduceTo(GradientContext context, string gradient, string like)
    {
        var (from, to) = (context.Facts(gradient), context.Facts(like));
        if (from.Shape is not { } shape || to.Shape is not { } wanted)
            return Dynamic(context, gradient, like);
        var extra = shape.Length - wanted.Length;
        var summed = new List<long>();
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (axis < extra || IsRepeated(from, axis, to, axis - extra))
                summed.Add(axis);
        }

        if (summed.Count == 0)
            return gradient;
        var onlyLeading = summed.Count == extra;
        var sum = context.Emit("ReduceSum", [gradient, context.Ints([.. summed])], GraphBuilder.Int("keepdims", onlyLeading ? 0 : 1));
        return onlyLeading || extra == 0 ? sum : context.ReshapeLike(sum, like);
    }

    private static bool IsRepeated(TensorFacts from, int axis, TensorFacts to, int at) =>
        to.First![at] == 1 && to.Second![at] == 1 && (from.First![axis] != 1 || from.Second![axis] != 1);

    // Nothing is known before the run: the axes whose sizes differ, found in the graph.
    private static string Dynamic(GradientContext context, string gradient, string like)
    {
        var (from, to) = (context.Emit("Shape", [gradient]), context.Emit("Shape", [like]));
        var missing = context.Emit("Sub", [context.Emit("Shape", [from]), context.Emit("Shape", [to])]);
        var ones = context.Emit("ConstantOfShape", [missing], TensorValues.Attribute("value", TensorValues.Ints([1], 1)));
        var padded = context.Emit("Concat", [ones, to], GraphBuilder.Int("axis", 0));
        var differs = context.Emit("Not", [context.Emit("Equal", [padded, from])]);
        var axes = context.Emit("Squeeze", [context.Emit("NonZero", [differs]), context.Ints(0)]);
        var sum = context.Emit("ReduceSum", [gradient, axes], GraphBuilder.Int("keepdims", 1), GraphBuilder.Int("noop_with_empty_axes", 1));
        return context.Emit("Reshape", [sum, to]);
    }
}
