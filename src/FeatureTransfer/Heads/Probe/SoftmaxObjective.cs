using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>The mean log-loss of multinomial logistic regression with its penalty, over rows in memory.</summary>
/// <remarks>The parameters are the weights, (classes, dimension), and behind them the biases.</remarks>
/// <param name="rows">The rows.</param>
/// <param name="l2">The penalty: half of it times the sum of squared weights stands beside the sum of losses.</param>
internal sealed class SoftmaxObjective(LabelledFeatures rows, double l2)
{
    private readonly float[] _gradient = new float[rows.Classes * rows.Dimension];

    /// <summary>How many parameters there are.</summary>
    public int Length => rows.Classes * (rows.Dimension + 1);

    private int Weights => rows.Classes * rows.Dimension;

    /// <summary>The objective and its gradient.</summary>
    public double Evaluate(double[] parameters, double[] gradient)
    {
        var decision = Decision(parameters, l2);
        Array.Clear(_gradient);
        Array.Clear(gradient);
        var loss = 0.0;
        for (var row = 0; row < rows.Count; row++)
        {
            var shares = Softmax(decision.Logits(rows.Row(row)), rows.Labels[row], ref loss);
            shares[rows.Labels[row]] -= 1;
            for (var label = 0; label < shares.Length; label++)
            {
                var slope = _gradient.AsSpan(label * rows.Dimension, rows.Dimension);
                TensorPrimitives.MultiplyAdd(rows.Row(row), shares[label], slope, slope);
                gradient[Weights + label] += shares[label];
            }
        }

        for (var i = 0; i < Weights; i++)
            gradient[i] = _gradient[i] + (l2 * parameters[i]);
        TensorPrimitives.Divide(gradient, rows.Count, gradient);
        return (loss + (l2 / 2 * TensorPrimitives.SumOfSquares<double>(parameters.AsSpan(0, Weights)))) / rows.Count;
    }

    /// <summary>The parameters as a classifier.</summary>
    public LinearDecision Decision(double[] parameters, double strength) => new(
        Array.ConvertAll(parameters[..Weights], value => (float)value),
        Array.ConvertAll(parameters[Weights..], value => (float)value))
    { L2Regularization = strength };

    /// <summary>The sum of the log-losses of rows.</summary>
    public static double LogLoss(LinearDecision decision, LabelledFeatures rows)
    {
        var loss = 0.0;
        for (var row = 0; row < rows.Count; row++)
            Softmax(decision.Logits(rows.Row(row)), rows.Labels[row], ref loss);
        return loss;
    }

    private static float[] Softmax(float[] logits, int label, ref double loss)
    {
        var most = TensorPrimitives.Max<float>(logits);
        var (chosen, sum) = (logits[label] - most, 0.0);
        for (var i = 0; i < logits.Length; i++)
            sum += logits[i] = MathF.Exp(logits[i] - most);
        loss += Math.Log(sum) - chosen;
        TensorPrimitives.Divide(logits, (float)sum, logits);
        return logits;
    }
}
