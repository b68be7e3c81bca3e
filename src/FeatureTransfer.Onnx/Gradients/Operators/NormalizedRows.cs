namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>
/// What normalizations that compute their own statistics have in common: each row of a tensor, over some axes, is brought to mean 0
/// and variance 1. With n the normalized row and g its gradient, the row's gradient is (g - mean g - n mean(g n)) / deviation.
/// </summary>
/// <param name="Normalized">The normalized tensor.</param>
/// <param name="Inverse">One over the deviation of each row.</param>
/// <param name="Axes">The axes of a row.</param>
internal sealed record NormalizedRows(string Normalized, string Inverse, long[] Axes)
{
    /// <summary>Normalizes a tensor over some axes, the way the forward pass did.</summary>
    public static NormalizedRows Of(GradientContext context, string tensor, long[] axes, float epsilon)
    {
        var centred = context.Minus(tensor, context.Mean(tensor, axes));
        var variance = context.Mean(context.Times(centred, centred), axes);
        var deviation = context.Emit("Sqrt", [context.Emit("Add", [variance, context.Scalar(epsilon)])]);
        var inverse = context.Emit("Reciprocal", [deviation]);
        return new NormalizedRows(context.Times(centred, inverse), inverse, axes);
    }

    /// <summary>From the gradient of the normalized tensor to that of the tensor.</summary>
    public string InputGradient(GradientContext context, string gradient)
    {
        var along = context.Times(Normalized, context.Mean(context.Times(gradient, Normalized), Axes));
        return context.Times(context.Minus(context.Minus(gradient, context.Mean(gradient, Axes)), along), Inverse);
    }
}
