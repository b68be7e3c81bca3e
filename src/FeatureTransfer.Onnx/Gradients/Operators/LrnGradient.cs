namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>
/// The gradient of local response normalization (Krizhevsky, Sutskever and Hinton 2012), y = x s^-beta with
/// s = bias + alpha / size * (sum of x^2 over neighbouring channels): g s^-beta - 2 alpha beta / size * x * (sum of g y / s over the
/// channels whose windows read this one). The sums are average pools along the channels.
/// </summary>
internal sealed class LrnGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "LRN";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient || !context.Needs(0))
            return;
        var (alpha, beta) = (context.Float("alpha", 1e-4f), context.Float("beta", 0.75f));
        var size = context.Int("size", 1);
        var (before, after) = ((size - 1) / 2, size - 1 - ((size - 1) / 2));
        var input = context.Input(0);

        var mean = ChannelMean(context, context.Times(input, input), size, before, after);
        var scale = context.Emit("Add", [context.Times(mean, alpha), context.Scalar(context.Float("bias", 1))]);
        var direct = context.Times(gradient, context.Emit("Pow", [scale, context.Scalar(-beta)]));
        var shared = context.Emit("Div", [context.Times(direct, input), scale]);
        var spread = context.Times(ChannelMean(context, shared, size, after, before), 2 * alpha * beta);
        context.Accumulate(0, context.Minus(direct, context.Times(input, spread)));
    }

    // (batch, channels, ...) as (batch, 1, channels, pixels), pooled along the channels; windows count their padding.
    private static string ChannelMean(GradientContext context, string tensor, long size, long before, long after)
    {
        var channels = context.KnownSizes(context.Input(0), 1)[0];
        var pooled = context.Emit(
            "AveragePool",
            [context.Reshaped(tensor, 0, 1, channels, -1)],
            GraphBuilder.Ints("kernel_shape", size, 1),
            GraphBuilder.Ints("pads", before, 0, after, 0),
            GraphBuilder.Int("count_include_pad", 1));
        return context.ReshapeLike(pooled, context.Input(0));
    }
}
