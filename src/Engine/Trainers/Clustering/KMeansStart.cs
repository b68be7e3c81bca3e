namespace Microsoft.ML.Trainers;

/// <summary>Chooses the first centroids among the rows.</summary>
internal static class KMeansStart
{
    private const int Rounds = 5;

    public static float[][] Choose(KMeansRun run, int clusters, KMeansTrainer.InitializationAlgorithm algorithm, Random random) => algorithm switch
    {
        KMeansTrainer.InitializationAlgorithm.Random => RandomRows(run.Set, clusters, random),
        KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus => ByDistance(run, clusters, random),
        _ => Oversampled(run, clusters, random),
    };

    private static float[][] RandomRows(TrainingSet set, int clusters, Random random)
    {
        var rows = Enumerable.Range(0, set.Count).ToArray();
        for (int i = 0; i < clusters; i++)
        {
            int at = random.Next(i, rows.Length);
            (rows[i], rows[at]) = (rows[at], rows[i]);
        }
        return [.. rows.Take(clusters).Select(r => Row(set, r))];
    }

    /// <summary>Each next centroid is drawn with a chance in proportion to the squared distance to the nearest one before.</summary>
    private static float[][] ByDistance(KMeansRun run, int clusters, Random random)
    {
        var set = run.Set;
        var centroids = new List<float[]> { Row(set, Draw(Enumerable.Range(0, set.Count).Select(i => (double)set.Weight(i)), random)) };
        var nearest = new float[set.Count];
        Array.Fill(nearest, float.PositiveInfinity);
        while (centroids.Count < clusters)
        {
            // The distances to the newest alone are new.
            run.Assign([centroids[^1]]);
            for (int i = 0; i < nearest.Length; i++)
                nearest[i] = Math.Min(nearest[i], run.Distances[i]);
            centroids.Add(Row(set, Draw(nearest.Select((d, i) => (double)d * set.Weight(i)), random)));
        }
        return [.. centroids];
    }

    /// <summary>
    /// In each of a few rounds about twice as many rows as clusters are drawn; of these, each weighing as many rows as it
    /// is nearest to, the centroids are chosen by distance.
    /// </summary>
    private static float[][] Oversampled(KMeansRun run, int clusters, Random random)
    {
        var set = run.Set;
        var candidates = new List<float[]> { Row(set, random.Next(set.Count)) };
        for (int round = 0; round < Rounds; round++)
        {
            run.Assign([.. candidates]);
            double cost = run.Cost();
            if (cost <= 0)
                break;
            for (int i = 0; i < set.Count; i++)
                if (random.NextDouble() * cost < 2.0 * clusters * run.Distances[i] * set.Weight(i))
                    candidates.Add(Row(set, i));
        }
        if (candidates.Count < clusters)
            return ByDistance(run, clusters, random);
        run.Assign([.. candidates]);
        var weights = new float[candidates.Count];
        for (int i = 0; i < set.Count; i++)
            weights[run.Nearest[i]] += set.Weight(i);
        var thinned = new KMeansRun(TrainingSet.Of([.. candidates], weights), 1);
        var centroids = ByDistance(thinned, clusters, random);
        thinned.Refine(centroids, 20, 1e-4);
        return centroids;
    }

    private static float[] Row(TrainingSet set, int row)
    {
        var values = new float[set.Features];
        set.Row(row).CopyTo(values);
        return values;
    }

    /// <summary>The number of an item, drawn with chances in proportion to the weights; any where all weigh nothing.</summary>
    private static int Draw(IEnumerable<double> weights, Random random)
    {
        var sums = weights.ToArray();
        for (int i = 1; i < sums.Length; i++)
            sums[i] += sums[i - 1];
        if (sums[^1] <= 0)
            return random.Next(sums.Length);
        double at = random.NextDouble() * sums[^1];
        int found = Array.FindIndex(sums, s => s > at);
        return found < 0 ? sums.Length - 1 : found;
    }
}
