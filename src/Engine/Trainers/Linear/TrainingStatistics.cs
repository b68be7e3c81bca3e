namespace Microsoft.ML.Trainers;

/// <summary>Figures of a training by L-BFGS.</summary>
internal static class TrainingStatistics
{
    public static ModelStatisticsBase Multiclass(
        TrainingSet set, int outputs, LbfgsResult result, LbfgsMaximumEntropyMulticlassTrainer.Options options)
    {
        var frequencies = new double[outputs];
        for (int i = 0; i < set.Count; i++)
            frequencies[(int)set.Labels[i]] += set.Weight(i);
        var (deviance, nullDeviance, parameters) = Of(set, outputs, result, options.L1Regularization, options.L2Regularization, frequencies);
        return new(set.Count, parameters, deviance, nullDeviance);
    }

    public static ModelStatisticsBase Binary(TrainingSet set, LbfgsResult result, LbfgsLogisticRegressionBinaryTrainer.Options options)
    {
        double positive = 0;
        for (int i = 0; i < set.Count; i++)
            positive += set.Labels[i] * set.Weight(i);
        double[] frequencies = [set.WeightSum - positive, positive];
        var (deviance, nullDeviance, parameters) = Of(set, 1, result, options.L1Regularization, options.L2Regularization, frequencies);
        return new(set.Count, parameters, deviance, nullDeviance);
    }

    private static (float Deviance, float NullDeviance, int Parameters) Of(
        TrainingSet set, int outputs, LbfgsResult result, double l1, double l2, double[] frequencies)
    {
        double penalty = 0;
        int parameters = outputs;
        foreach (double weight in result.X.AsSpan(outputs))
        {
            penalty += (l1 * Math.Abs(weight)) + (l2 / 2 * weight * weight);
            parameters += weight != 0 ? 1 : 0;
        }
        double deviance = 2 * ((result.Value * set.WeightSum) - penalty);
        double nullDeviance = frequencies.Sum(f => f > 0 ? -2 * f * Math.Log(f / set.WeightSum) : 0);
        return ((float)deviance, (float)nullDeviance, parameters);
    }
}
