using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>Makes a trainer's scores into probabilities that mean what they say, by temperature scaling (Guo and others 2017, arXiv:1706.04599).</summary>
/// <param name="Temperature">Divides the logits: above 1 the model was too sure of itself.</param>
/// <param name="IsLogits">Whether scores are logits, rather than probabilities whose logarithms are.</param>
public sealed record TemperatureScaling(double Temperature, bool IsLogits)
{
    // Beyond these a model is right always, or by chance.
    private const double Coldest = 0.05;
    private const double Hottest = 20;
    internal const float Least = 1e-9f;
    private static readonly double _golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Finds the temperature at which the rows' log-loss is least.</summary>
    /// <param name="scores">The scores of each row.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="areLogits">Whether scores are logits; null, the default, looks: whatever does not sum to 1 is.</param>
    /// <exception cref="ArgumentException">There are no rows, or not a label for each.</exception>
    public static TemperatureScaling Fit(IReadOnlyList<float[]> scores, IReadOnlyList<int> labels, bool? areLogits = null)
    {
        ScoreChecks.Check(scores, labels);
        var isLogits = areLogits ?? AreLogits(scores);
        var logits = scores.Select(row => Logits(row, isLogits)).ToList();
        return new TemperatureScaling(Math.Exp(Minimum(logTemperature => LogLoss(logits, labels, Math.Exp(logTemperature)), Math.Log(Coldest), Math.Log(Hottest))), isLogits);
    }

    /// <summary>Whether scores are logits: whatever does not sum to 1 is.</summary>
    internal static bool AreLogits(IReadOnlyList<float[]> scores) => scores.Any(row => row.Any(score => score < 0) || Math.Abs(row.Sum() - 1) > 0.01);

    /// <summary>The probabilities of a row's classes.</summary>
    /// <param name="scores">The scores of the row.</param>
    public float[] Apply(float[] scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return Softmax(Logits(scores, IsLogits), Temperature);
    }

    /// <summary>The probabilities that a temperature of 1 gives, of those that another gave: the softmax of the logits as they were, for the logarithms are these but for a sum.</summary>
    /// <param name="probabilities">The calibrated probabilities of a row's classes.</param>
    /// <param name="temperature">The temperature that gave them.</param>
    internal static float[] Undo(float[] probabilities, double temperature)
    {
        // What a cold temperature has made too small for a float cannot be told from the smallest.
        var largest = Math.Log(probabilities.Max());
        var shares = Array.ConvertAll(probabilities, share => Math.Exp(temperature * (Math.Log(Math.Max(share, float.Epsilon)) - largest)));
        var sum = shares.Sum();
        return Array.ConvertAll(shares, share => (float)(share / sum));
    }

    /// <summary>
    /// A transformer for behind a trainer, which gives calibrated probabilities in the place of its <c>Score</c>. Behind a trainer of two classes, whose <c>Score</c> is a
    /// logit, that stays, and <c>Probability</c> is what is calibrated. The predicted label stays.
    /// </summary>
    /// <param name="scored">The columns behind the trainer.</param>
    /// <remarks>It is made of ML.NET's own transformers, which model files hold.</remarks>
    public ITransformer ToTransformer(DataViewSchema scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        return TemperatureColumns.After(this, scored);
    }

    private static float[] Logits(float[] scores, bool isLogits) => isLogits ? scores : Array.ConvertAll(scores, score => MathF.Log(Math.Max(score, Least)));

    private static float[] Softmax(float[] logits, double temperature)
    {
        var probabilities = new float[logits.Length];
        TensorPrimitives.Divide(logits, (float)temperature, probabilities);
        TensorPrimitives.SoftMax(probabilities, probabilities);
        return probabilities;
    }

    private static double LogLoss(List<float[]> logits, IReadOnlyList<int> labels, double temperature) =>
        logits.Zip(labels, (row, label) => -Math.Log(Math.Max(Softmax(row, temperature)[label], Least))).Average();

    // Golden-section search: the log-loss has one minimum over the temperature.
    private static double Minimum(Func<double, double> loss, double low, double high)
    {
        var (left, right) = (high - (_golden * (high - low)), low + (_golden * (high - low)));
        var (lossLeft, lossRight) = (loss(left), loss(right));
        while (high - low > 1e-4)
        {
            if (lossLeft <= lossRight)
            {
                (high, right, lossRight) = (right, left, lossLeft);
                left = high - (_golden * (high - low));
                lossLeft = loss(left);
            }
            else
            {
                (low, left, lossLeft) = (left, right, lossRight);
                right = low + (_golden * (high - low));
                lossRight = loss(right);
            }
        }

        return (low + high) / 2;
    }
}
