using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>The negative logarithm of the label's share in the softmax of the scores.</summary>
internal sealed class MultinomialLoss(int outputs) : RowLoss
{
    public override double Apply(Span<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double loss = 0;
        for (int r = 0; r < labels.Length; r++)
        {
            var row = scores.Slice(r * outputs, outputs);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max(row), row);
            loss -= (double)row[(int)labels[r]] * Weight(weights, r);
        }
        TensorPrimitives.Exp(scores, scores);
        for (int r = 0; r < labels.Length; r++)
        {
            var row = scores.Slice(r * outputs, outputs);
            float sum = TensorPrimitives.Sum(row);
            float weight = Weight(weights, r);
            loss += Math.Log(sum) * weight;
            TensorPrimitives.Multiply(row, weight / sum, row);
            row[(int)labels[r]] -= weight;
        }
        return loss;
    }
}
