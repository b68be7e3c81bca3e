namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of layer normalization: rows are the axes from its axis on.</summary>
internal sealed class LayerNormalizationGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "LayerNormalization";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(1) is not null || context.OutputGradient(2) is not null)
            throw context.Unsupported("its statistics are read by other layers");
        if (context.OutputGradient(0) is not { } gradient)
            return;
        var rank = context.Rank(context.Input(0));
        var axis = (int)context.Int("axis", -1);
        axis = axis < 0 ? axis + rank : axis;
        var rows = NormalizedRows.Of(context, context.Input(0), TensorEmissions.Axes(axis, rank - axis), context.Float("epsilon", 1e-5f));
        if (context.Needs(0))
            context.Accumulate(0, rows.InputGradient(context, context.Times(gradient, context.Input(1))));
        if (context.Needs(1))
            context.Accumulate(1, context.ReduceTo(context.Times(gradient, rows.Normalized), context.Input(1)));
        if (context.Needs(2))
            context.Accumulate(2, context.ReduceTo(gradient, context.Input(2)));
    }
}
