namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of instance normalization: a row is one channel of one image.</summary>
internal sealed class InstanceNormalizationGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "InstanceNormalization";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient)
            return;
        var spatial = context.Rank(context.Input(0)) - 2;
        long[] others = [0, .. TensorEmissions.Axes(2, spatial)];
        var rows = NormalizedRows.Of(context, context.Input(0), others[1..], context.Float("epsilon", 1e-5f));
        var scale = context.Reshaped(context.Input(1), [-1, .. WindowGeometry.Ones(spatial)]);
        if (context.Needs(0))
            context.Accumulate(0, rows.InputGradient(context, context.Times(gradient, scale)));
        if (context.Needs(1))
            context.Accumulate(1, context.Sum(context.Times(gradient, rows.Normalized), others, keep: false));
        if (context.Needs(2))
            context.Accumulate(2, context.Sum(gradient, others, keep: false));
    }
}
