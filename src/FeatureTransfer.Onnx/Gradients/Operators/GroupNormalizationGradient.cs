namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>
/// The gradient of group normalization: a row is a group of channels of one image. Scale and offset are one number a group up to
/// operator set 20 and one a channel from 21 on; their own length tells.
/// </summary>
internal sealed class GroupNormalizationGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "GroupNormalization";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient)
            return;
        var shape = context.KnownSizes(context.Input(0), 1);
        var groups = context.Int("num_groups", 1);

        // (batch, groups, channels of a group, ...), with scale and offset beside it as (groups, channels or 1, 1...).
        long[] apart = [0, groups, shape[0] / groups, .. shape[1..]];
        long[] perGroup = [groups, -1, .. WindowGeometry.Ones(shape.Length - 1)];
        var rows = NormalizedRows.Of(
            context, context.Reshaped(context.Input(0), apart), TensorEmissions.Axes(2, shape.Length), context.Float("epsilon", 1e-5f));
        var scale = context.Reshaped(context.Input(1), perGroup);
        var upper = context.Reshaped(gradient, apart);
        if (context.Needs(0))
            context.Accumulate(0, context.ReshapeLike(rows.InputGradient(context, context.Times(upper, scale)), context.Input(0)));
        if (context.Needs(1))
            context.Accumulate(1, PerParameter(context, context.Times(upper, rows.Normalized), context.Input(1), groups));
        if (context.Needs(2))
            context.Accumulate(2, PerParameter(context, upper, context.Input(2), groups));
    }

    private static string PerParameter(GradientContext context, string gradient, string parameter, long groups)
    {
        var rank = context.Rank(context.Input(0)) + 1;
        var perChannel = context.KnownSizes(parameter, 0)[0] != groups;
        long[] axes = [0, .. TensorEmissions.Axes(perChannel ? 3 : 2, rank - (perChannel ? 3 : 2))];
        return context.ReshapeLike(context.Sum(gradient, axes, keep: false), parameter);
    }
}
