namespace Microsoft.ML.Trainers.FastTree;

/// <summary>
/// Gradient boosting: each tree is grown on the slopes of the loss, its leaves take a Newton step (J. Friedman, "Greedy
/// Function Approximation: A Gradient Boosting Machine", 2001; C. Burges, "From RankNet to LambdaRank to LambdaMART", 2010).
/// </summary>
internal sealed class Boosting
{
    private readonly TrainingSet _set;
    private readonly BoostedTreeOptions _options;
    private readonly BoostingObjective _objective;
    private readonly BinnedFeatures _data;
    private readonly TreeGrower _grower;
    private readonly FeatureChoice _features;
    private readonly RowBag _bag;
    private readonly double[] _scores;
    private readonly double[] _slopes;
    private readonly double[] _curvatures;

    private Boosting(TrainingSet set, BoostedTreeOptions options, BoostingObjective objective)
    {
        _set = set;
        _options = options;
        _objective = objective;
        _data = BinnedFeatures.Create(set, options);
        _grower = new(_data, options, set.Weights);
        _features = new(set.Features, options);
        _bag = new(set.Count, options);
        _scores = new double[set.Count];
        _slopes = new double[set.Count];
        _curvatures = new double[set.Count];
    }

    public static RegressionTreeEnsemble Train(
        TrainingSet set, TrainingSet? validation, BoostedTreeOptions options, BoostingObjective objective, EarlyStoppingMetric metric)
    {
        if (options.EarlyStoppingRule is not null && validation is null)
            throw new InvalidOperationException("An early stopping rule needs validation rows: give them to Fit as its second argument.");
        if (options.EnablePruning && validation is null)
            throw new InvalidOperationException("EnablePruning needs validation rows: give them to Fit as its second argument.");
        return new Boosting(set, options, objective).Run(options.EarlyStoppingRule is null && !options.EnablePruning ? null : validation, metric);
    }

    private RegressionTreeEnsemble Run(TrainingSet? validation, EarlyStoppingMetric metric)
    {
        var rule = _options.EarlyStoppingRule?.Fresh();
        var validationScores = new double[validation?.Count ?? 0];
        var errors = new List<float>();
        var trees = new BoostedTrees(_options);
        int best = 0;
        while (trees.Count < _options.NumberOfTrees)
        {
            trees.Drop(_set, _scores);
            if (Grow() is not { } nodes)
                break;
            trees.Add(nodes, _set, _scores, validation, validationScores);
            if (validation is null)
                continue;
            errors.Add(_objective.Error(validation, validationScores, metric));
            bool isBest = false;
            bool stops = rule is not null && rule.CheckScore(errors[^1], _objective.Error(_set, _scores, metric), out isBest);
            best = isBest ? trees.Count : best;
            if (stops)
                break;
        }
        int count = rule is null || _options.WriteLastEnsemble ? trees.Count : best;
        if (_options.EnablePruning)
            count = EnsemblePruning.BestCount(errors[..count], _options);
        return trees.Take(count);
    }

    /// <summary>The next tree; null where its root cannot be split and empty trees are not allowed.</summary>
    private TreeNodes? Grow()
    {
        _objective.Derive(_set, _scores, _slopes, _curvatures);
        _features.NextTree();
        var tree = _grower.Grow(_slopes, _bag.Next(), _features);
        if (tree.LeafCount == 1 && !_options.AllowEmptyTrees)
            return null;
        tree.SetValues(LeafValue);
        for (int leaf = 0; leaf < tree.LeafCount; leaf++)
            foreach (int row in tree.RowsOf(leaf))
                _scores[row] += tree.LeafValues[leaf];
        foreach (int row in _bag.Outside)
            _scores[row] += tree.LeafValues[tree.LeafOf(_data, row)];
        return tree.ToNodes();
    }

    private double LeafValue(ReadOnlySpan<int> rows)
    {
        double slope = 0;
        double curvature = 0;
        foreach (int row in rows)
        {
            slope += _slopes[row];
            curvature += _curvatures[row];
        }
        double step = curvature > 0 ? _options.LearningRate * _options.Shrinkage * slope / curvature : 0;
        return Math.Clamp(step, -_options.MaximumTreeOutput, _options.MaximumTreeOutput);
    }
}
