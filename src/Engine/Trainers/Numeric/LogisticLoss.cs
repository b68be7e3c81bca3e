namespace Microsoft.ML.Trainers;

/// <summary>The negative logarithm of the label's probability under the logistic function; labels are 0 or 1.</summary>
internal sealed class LogisticLoss : RowLoss
{
    public override double Apply(Span<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double loss = 0;
        for (int r = 0; r < labels.Length; r++)
        {
            // log(1 + exp(-|s|)) never overflows.
            double score = scores[r];
            double tail = Math.Exp(-Math.Abs(score));
            double probability = score >= 0 ? 1 / (1 + tail) : tail / (1 + tail);
            double weight = Weight(weights, r);
            loss += weight * (Math.Log(1 + tail) + Math.Max(score, 0) - (labels[r] * score));
            scores[r] = (float)(weight * (probability - labels[r]));
        }
        return loss;
    }
}
