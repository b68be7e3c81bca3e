using System.Numerics.Tensors;

namespace FeatureTransfer.Studio.Learning;

/// <summary>
/// Chooses what to label next: of the rows that the model is least sure of, those that lie farthest from what is labelled and from each other (farthest-first
/// traversal of the most uncertain, after Sener and Savarese 2018, arXiv:1708.00489). Without a model, of all rows.
/// </summary>
internal static class NextRows
{
    private const int Pool = 10, MostCentres = 200;

    /// <summary>The rows to label, the most telling first.</summary>
    /// <param name="features">The features of each row; null where there are none.</param>
    /// <param name="labels">The label of each row; null where there is none.</param>
    /// <param name="result">What the model says; null where there is none.</param>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<int> Choose(IReadOnlyList<float[]?> features, IReadOnlyList<string?> labels, HeadResult? result, int count)
    {
        IEnumerable<int> open = Enumerable.Range(0, features.Count).Where(row => features[row] is not null && labels[row] is null);
        if (result is not null)
            open = open.OrderBy(row => Margin(result.Probabilities.ElementAtOrDefault(row))).Take(Pool * count);
        int[] pool = [.. open];
        float[][] directions = [.. pool.Select(row => Direction(features[row]!))];
        var nearest = new float[pool.Length];
        Array.Fill(nearest, float.MaxValue);
        int[] labelled = [.. Enumerable.Range(0, features.Count).Where(row => features[row] is not null && labels[row] is not null)];
        foreach (var row in labelled.Take(MostCentres))
            Approach(Direction(features[row]!));
        List<int> chosen = [];
        while (chosen.Count < Math.Min(count, pool.Length))
        {
            var next = TensorPrimitives.IndexOfMax<float>(nearest);
            chosen.Add(pool[next]);
            Approach(directions[next]);
            nearest[next] = float.NegativeInfinity;
        }

        return chosen;

        void Approach(float[] centre)
        {
            for (var i = 0; i < nearest.Length; i++)
                nearest[i] = Math.Min(nearest[i], TensorPrimitives.Distance<float>(directions[i], centre));
        }
    }

    // How far the two likeliest classes lie apart.
    private static float Margin(float[]? shares) => shares is null ? 0 : shares.Max() - shares.OrderDescending().ElementAt(1);

    private static float[] Direction(float[] features)
    {
        var direction = new float[features.Length];
        TensorPrimitives.Divide(features, Math.Max(float.Epsilon, TensorPrimitives.Norm<float>(features)), direction);
        return direction;
    }
}
