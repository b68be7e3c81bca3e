namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Weights by which the rows of two classes count alike (G. King and L. Zeng, "Logistic Regression in Rare Events Data", 2001).</summary>
internal static class ClassWeights
{
    /// <summary>The weight of each row times half of all weight over that of its class: the sum stays as it was.</summary>
    public static float[] Balanced(TrainingSet set)
    {
        double high = 0;
        for (int i = 0; i < set.Count; i++)
            high += set.Labels[i] > 0 ? set.Weight(i) : 0;
        double low = set.WeightSum - high;
        var weights = new float[set.Count];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = (float)(set.Weight(i) * Factor(set.WeightSum, set.Labels[i] > 0 ? high : low));
        return weights;
    }

    private static double Factor(double all, double ofClass) => ofClass > 0 && ofClass < all ? all / (2 * ofClass) : 1;
}
