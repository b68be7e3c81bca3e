namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>
/// The gradient of batch normalization with the statistics that it is given: one factor and one offset a channel. They are stored
/// ones, or <see cref="BatchStatistics"/> has them computed from the batch; then the gradients flow on through them.
/// </summary>
internal sealed class BatchNormalizationGradient : IOperatorGradient
{
    private const int Scale = 1;
    private const int Offset = 2;
    private const int Mean = 3;
    private const int Variance = 4;

    /// <inheritdoc/>
    public string Operator => "BatchNormalization";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient)
            return;
        if (context.Int("training_mode", 0) != 0)
            throw context.Unsupported("it computes the statistics of the batch; export the model for inference and ask for batch statistics here");
        var spatial = context.Rank(context.Input(0)) - 2;
        var inverse = InverseDeviation(context);
        if (context.Needs(0))
            context.Accumulate(0, context.Times(gradient, PerChannel(context, context.Times(context.Input(Scale), inverse), spatial)));
        if (context.Needs(Scale) || context.Needs(Offset) || context.Needs(Mean) || context.Needs(Variance))
            PerChannelGradients(context, gradient, inverse, spatial);
    }

    private static void PerChannelGradients(GradientContext context, string gradient, string inverse, int spatial)
    {
        long[] axes = [0, .. TensorEmissions.Axes(2, spatial)];
        var sum = context.Sum(gradient, axes, keep: false);
        context.Accumulate(Offset, sum);
        if (context.Needs(Mean))
            context.Accumulate(Mean, context.Emit("Neg", [context.Times(sum, context.Times(context.Input(Scale), inverse))]));

        // The sum over normalized inputs, with the mean taken out behind the sum: one pass less over the images.
        var weighted = context.Sum(context.Times(gradient, context.Input(0)), axes, keep: false);
        var normalized = context.Times(context.Minus(weighted, context.Times(sum, context.Input(Mean))), inverse);
        context.Accumulate(Scale, normalized);
        if (context.Needs(Variance))
            context.Accumulate(Variance, context.Times(context.Times(context.Times(normalized, context.Input(Scale)), context.Times(inverse, inverse)), -0.5f));
    }

    private static string InverseDeviation(GradientContext context)
    {
        var variance = context.Emit("Add", [context.Input(Variance), context.Scalar(context.Float("epsilon", 1e-5f))]);
        return context.Emit("Reciprocal", [context.Emit("Sqrt", [variance])]);
    }

    private static string PerChannel(GradientContext context, string vector, int spatial) =>
        context.Reshaped(vector, [-1, .. WindowGeometry.Ones(spatial)]);
}
