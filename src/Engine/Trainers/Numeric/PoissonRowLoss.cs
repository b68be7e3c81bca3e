namespace Microsoft.ML.Trainers;

/// <summary>The negative log-likelihood of counts, up to what depends on the labels alone.</summary>
internal sealed class PoissonRowLoss : RowLoss
{
    public override double Apply(Span<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double loss = 0;
        for (int r = 0; r < labels.Length; r++)
        {
            double mean = Math.Exp(scores[r]);
            double weight = Weight(weights, r);
            loss += weight * (mean - ((double)labels[r] * scores[r]));
            scores[r] = (float)(weight * (mean - labels[r]));
        }
        return loss;
    }
}
