namespace Microsoft.ML.Trainers.FastTree;

/// <summary>
/// Boosted trees as they grow, and their weights. With a dropout rate each new tree corrects only those that are not
/// dropped, and shares its place with the dropped ones (K. V. Rashmi and R. Gilad-Bachrach, "DART: Dropouts meet Multiple
/// Additive Regression Trees", 2015, algorithm 1).
/// </summary>
internal sealed class BoostedTrees(BoostedTreeOptions options)
{
    private readonly Random _random = new(options.Seed);
    private readonly List<RegressionTree> _trees = [];
    private readonly List<double> _weights = [];
    private readonly List<double[]> _weightsAfter = [];
    private int[] _dropped = [];

    public int Count => _trees.Count;

    /// <summary>Drops trees for the next round: takes their values out of the training scores.</summary>
    public void Drop(TrainingSet set, double[] scores)
    {
        if (options.DropoutRate == 0 || Count == 0)
            return;
        _dropped = [.. Enumerable.Range(0, Count).Where(_ => _random.NextDouble() < options.DropoutRate)];
        if (_dropped.Length == 0)
            _dropped = [_random.Next(Count)];
        foreach (int tree in _dropped)
            AddScores(_trees[tree].Nodes, set, scores, -_weights[tree]);
    }

    /// <summary>Adds a tree whose values are in the training scores, in full, and not in the validation scores.</summary>
    public void Add(TreeNodes nodes, TrainingSet set, double[] scores, TrainingSet? validation, double[] validationScores)
    {
        int k = _dropped.Length;
        double share = 1.0 / (k + 1);
        if (validation is not null)
            AddScores(nodes, validation, validationScores, share);
        if (k > 0)
            AddScores(nodes, set, scores, share - 1);
        foreach (int tree in _dropped)
        {
            if (validation is not null)
                AddScores(_trees[tree].Nodes, validation, validationScores, -share * _weights[tree]);
            _weights[tree] *= k * share;
            AddScores(_trees[tree].Nodes, set, scores, _weights[tree]);
        }
        _trees.Add(new(nodes));
        _weights.Add(share);
        if (options.DropoutRate > 0 && validation is not null)
            _weightsAfter.Add([.. _weights]);
    }

    /// <summary>The ensemble as it was when it had so many trees.</summary>
    public RegressionTreeEnsemble Take(int count)
    {
        double[] weights = count > 0 && count < Count && _weightsAfter.Count == Count ? _weightsAfter[count - 1] : [.. _weights.Take(count)];
        return new([.. _trees.Take(count)], weights, bias: 0);
    }

    private static void AddScores(TreeNodes nodes, TrainingSet set, double[] scores, double weight)
    {
        var room = new float[set.Features];
        for (int i = 0; i < scores.Length; i++)
        {
            set.Row(i).CopyTo(room);
            scores[i] += weight * nodes.LeafValues[nodes.LeafOf(room)];
        }
    }
}
