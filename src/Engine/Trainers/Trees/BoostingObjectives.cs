using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>The loss that boosted trees lower: how each row wants its score to change.</summary>
internal abstract class BoostingObjective
{
    /// <summary>The slopes of the loss, pointing down, and its curvatures, both multiplied by the rows' weights.</summary>
    public abstract void Derive(TrainingSet set, double[] scores, double[] slopes, double[] curvatures);

    /// <summary>How far the prediction of a score is off.</summary>
    public abstract double Miss(double score, float label);

    /// <summary>The mean error on rows.</summary>
    public float Error(TrainingSet set, double[] scores, EarlyStoppingMetric metric)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double miss = Miss(scores[i], set.Labels[i]);
            sum += set.Weight(i) * (metric == EarlyStoppingMetric.L1Norm ? Math.Abs(miss) : miss * miss);
        }
        double mean = sum / set.WeightSum;
        return (float)(metric == EarlyStoppingMetric.L1Norm ? mean : Math.Sqrt(mean));
    }
}

/// <summary>The squared error.</summary>
internal sealed class SquaresObjective : BoostingObjective
{
    public override void Derive(TrainingSet set, double[] scores, double[] slopes, double[] curvatures)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            slopes[i] = (set.Labels[i] - scores[i]) * set.Weight(i);
            curvatures[i] = set.Weight(i);
        }
    }

    public override double Miss(double score, float label) => label - score;
}

/// <summary>The log loss of probabilities 1 / (1 + exp(-steepness · score)).</summary>
internal sealed class LogisticObjective(double steepness) : BoostingObjective
{
    public override void Derive(TrainingSet set, double[] scores, double[] slopes, double[] curvatures)
    {
        // The probabilities lie where the slopes will.
        TensorPrimitives.Multiply(scores, steepness, slopes);
        TensorPrimitives.Sigmoid<double>(slopes, slopes);
        for (int i = 0; i < scores.Length; i++)
        {
            double p = slopes[i];
            slopes[i] = (set.Labels[i] - p) * steepness * set.Weight(i);
            curvatures[i] = p * (1 - p) * steepness * steepness * set.Weight(i);
        }
    }

    public override double Miss(double score, float label) => label - (1 / (1 + Math.Exp(-steepness * score)));
}
