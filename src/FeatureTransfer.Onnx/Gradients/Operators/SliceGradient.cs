namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient at the places that were kept, zeros around them.</summary>
internal sealed class SliceGradient() : UnaryGradient("Slice")
{
    // With steps of one and sizes that are fixed, a slice is undone by padding.
    private static long[]? Margins(GradientContext context)
    {
        if (context.Facts(context.Input(0)).Shape is not { } shape || context.Facts(context.Output(0)).Shape is not { } kept)
            return null;
        if (context.ConstantInts(context.Input(1)) is not { } starts || (context.HasInput(4) && context.ConstantInts(context.Input(4))?.All(step => step == 1) != true))
            return null;
        var axes = context.HasInput(3) ? context.ConstantInts(context.Input(3)) : [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        if (axes is null)
            return null;

        var pads = new long[2 * shape.Length];
        foreach (var (axis, start) in ShapeRules.FromFront(axes, shape.Length).Zip(starts))
        {
            if (shape[axis] is not { } size || kept[axis] is not { } length)
                return null;
            pads[axis] = Math.Clamp(start < 0 ? start + size : start, 0, size);
            pads[axis + shape.Length] = size - length - pads[axis];
        }

        return pads;
    }

    protected override string Derive(GradientContext context, string gradient)
    {
        if (Margins(context) is { } pads)
            return context.Emit("Pad", [gradient, context.Ints(pads)]);
        return Scattered.Back(context, gradient, numbers => context.Emit("Slice", [numbers, .. context.Node.Input.Skip(1)]));
    }
}
