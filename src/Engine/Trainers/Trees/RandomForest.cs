namespace Microsoft.ML.Trainers.FastTree;

/// <summary>
/// Trees grown apart, each on rows and features of its own; a leaf's value is the mean of its labels (L. Breiman, "Random
/// Forests", 2001). Leaves keep labels, for quantiles (N. Meinshausen, "Quantile Regression Forests", 2006).
/// </summary>
internal sealed class RandomForest
{
    private readonly TrainingSet _set;
    private readonly FastForestOptionsBase _options;
    private readonly double[] _labels;
    private readonly double[] _targets;
    private readonly double _largestValue;
    private readonly Random _random;

    private RandomForest(TrainingSet set, FastForestOptionsBase options, double[] labels, double largestValue)
    {
        _set = set;
        _options = options;
        _labels = labels;
        _largestValue = largestValue;
        _random = new(options.Seed);
        _targets = new double[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            _targets[i] = labels[i] * set.Weight(i);
    }

    /// <summary>
    /// Grows a forest whose leaves have values up to <paramref name="largestValue"/>, and whose trees are weighted with
    /// <paramref name="treeWeight"/>.
    /// </summary>
    public static QuantileRegressionTreeEnsemble Train(
        TrainingSet set, FastForestOptionsBase options, double[] labels, double treeWeight, double largestValue = double.MaxValue)
    {
        var trees = new RandomForest(set, options, labels, largestValue).Grow();
        var weights = new double[trees.Length];
        Array.Fill(weights, treeWeight);
        return new(trees, weights, bias: 0);
    }

    private QuantileRegressionTree[] Grow()
    {
        var data = BinnedFeatures.Create(_set, _options);
        var grower = new TreeGrower(data, _options, _set.Weights);
        var features = new FeatureChoice(_set.Features, _options);
        var bag = new RowBag(_set.Count, _options);
        var trees = new List<QuantileRegressionTree>();
        while (trees.Count < _options.NumberOfTrees)
        {
            features.NextTree();
            var tree = grower.Grow(_targets, bag.Next(), features);
            if (tree.LeafCount == 1 && !_options.AllowEmptyTrees)
                break;
            tree.SetValues(Mean);
            trees.Add(WithSamples(tree));
        }
        return [.. trees];
    }

    private double Mean(ReadOnlySpan<int> rows)
    {
        double sum = 0;
        double weight = 0;
        foreach (int row in rows)
        {
            sum += _targets[row];
            weight += _set.Weight(row);
        }
        return weight > 0 ? Math.Clamp(sum / weight, -_largestValue, _largestValue) : 0;
    }

    private QuantileRegressionTree WithSamples(GrownTree tree)
    {
        var labels = new double[tree.LeafCount][];
        var weights = new double[tree.LeafCount][];
        for (int leaf = 0; leaf < tree.LeafCount; leaf++)
        {
            var rows = tree.RowsOf(leaf).ToArray();
            int count = Math.Min(rows.Length, _options.NumberOfQuantileSamples);
            if (count < rows.Length)
                RowBag.PutFirst(rows, count, _random);
            Array.Resize(ref rows, count);
            labels[leaf] = Array.ConvertAll(rows, row => _labels[row]);
            weights[leaf] = Array.ConvertAll(rows, row => (double)_set.Weight(row));
        }
        return new(tree.ToNodes(), labels, weights);
    }
}
