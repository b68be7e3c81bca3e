namespace Microsoft.ML.Trainers.FastTree;

/// <summary>A tree as it grows; splitting a leaf leaves its number to the left part, the right part gets the next one.</summary>
internal sealed class GrownTree(int[] rows)
{
    private readonly List<(int Node, bool IsRight)> _places = [(-1, false)];
    private readonly List<Split> _splits = [];
    private readonly List<float> _thresholds = [];
    private readonly List<int> _left = [];
    private readonly List<int> _right = [];

    /// <summary>The first place of each leaf in the rows.</summary>
    public List<int> LeafStarts { get; } = [];

    public List<int> LeafCounts { get; } = [];

    /// <summary>The value of each leaf.</summary>
    public double[] LeafValues { get; private set; } = [];

    public int LeafCount => _places.Count;

    /// <summary>The training rows of a leaf.</summary>
    public ReadOnlySpan<int> RowsOf(int leaf) => rows.AsSpan(LeafStarts[leaf], LeafCounts[leaf]);

    public void Add(int leaf, Split split, float threshold)
    {
        int node = _splits.Count;
        _splits.Add(split);
        _thresholds.Add(threshold);
        _left.Add(~leaf);
        _right.Add(~_places.Count);
        var (parent, isRight) = _places[leaf];
        if (parent >= 0)
            (isRight ? _right : _left)[parent] = node;
        _places[leaf] = (node, false);
        _places.Add((node, true));
    }

    /// <summary>Gives each leaf the value of its training rows. A tree whose root could not be split says nothing, as in ML.NET.</summary>
    public void SetValues(Func<ReadOnlySpan<int>, double> value)
    {
        LeafValues = new double[LeafCount];
        if (LeafCount == 1)
            return;
        for (int leaf = 0; leaf < LeafValues.Length; leaf++)
            LeafValues[leaf] = value(RowsOf(leaf));
    }

    /// <summary>The leaf that a row of the binned features falls into.</summary>
    public int LeafOf(BinnedFeatures data, int row)
    {
        if (_splits.Count == 0)
            return 0;
        int at = 0;
        while (at >= 0)
            at = data.Columns[_splits[at].Feature][row] <= _splits[at].Bin ? _left[at] : _right[at];
        return ~at;
    }

    public TreeNodes ToNodes() => new(
        [.. _left], [.. _right], [.. _splits.Select(s => s.Feature)], [.. _thresholds], [.. _splits.Select(s => s.Gain)], LeafValues);
}
