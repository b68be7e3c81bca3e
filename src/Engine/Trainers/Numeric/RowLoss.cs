namespace Microsoft.ML.Trainers;

/// <summary>A loss of linear scores, over some rows at once.</summary>
internal abstract class RowLoss
{
    /// <summary>
    /// Gives the sum of losses of some rows and turns their scores (rows, outputs) into the derivatives of the loss.
    /// </summary>
    public abstract double Apply(Span<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights);

    protected static float Weight(ReadOnlySpan<float> weights, int row) => weights.IsEmpty ? 1 : weights[row];
}
