namespace Microsoft.ML.Trainers.FastTree;

/// <summary>
/// Grows one tree leaf by leaf: the leaf whose best split gains most is split next, until there are enough leaves. Of two
/// new leaves the histogram of the smaller is counted, that of the other is the difference.
/// </summary>
internal sealed class TreeGrower
{
    // Below this many values a task costs more than it saves.
    private const int ParallelWork = 1 << 16;

    private readonly BinnedFeatures _data;
    private readonly TreeOptions _options;
    private readonly float[]? _weights;
    private readonly int[] _room;
    private readonly double[] _targets;
    private readonly float[] _leafWeights;
    private readonly Split[] _splits;
    private readonly Split[] _otherSplits;
    private readonly Stack<Histogram> _free = new();
    private readonly SplitChoice _choice;
    private int[] _rows = [];
    private double[] _allTargets = [];

    public TreeGrower(BinnedFeatures data, TreeOptions options, float[]? weights)
    {
        _data = data;
        _options = options;
        _choice = new(data.Columns.Length, options);
        _weights = weights;
        _room = new int[data.Rows];
        _targets = new double[data.Rows];
        _leafWeights = weights is null ? [] : new float[data.Rows];
        _splits = new Split[data.Columns.Length];
        _otherSplits = new Split[data.Columns.Length];
    }

    /// <summary>Grows a tree on these rows, which are put in the order of its leaves; targets are already multiplied by weights.</summary>
    public GrownTree Grow(double[] targets, int[] rows, FeatureChoice features)
    {
        _rows = rows;
        _allTargets = targets;
        var tree = new GrownTree(rows);
        var root = new GrowingLeaf(0, rows.Length) { Histogram = Take() };
        root.Totals = Gather(targets, rows);
        Search(root, null, features);
        var leaves = new List<GrowingLeaf> { root };
        while (leaves.Count < _options.NumberOfLeaves && Best(leaves) is { } leaf)
        {
            var split = leaf.Split;
            int left = _data.Columns[split.Feature].Partition(rows.AsSpan(leaf.Start, leaf.Count), _room, split.Bin);
            var other = new GrowingLeaf(leaf.Start + left, leaf.Count - left) { Totals = leaf.Totals - split.Left };
            tree.Add(leaves.IndexOf(leaf), split, _data.Columns[split.Feature].Bounds[split.Bin]);
            _choice.Use(split.Feature);
            leaf.Shrink(left, split.Left);
            leaves.Add(other);
            if (leaves.Count < _options.NumberOfLeaves)
                SearchBoth(leaf, other, targets, features);
        }
        foreach (var leaf in leaves)
        {
            tree.LeafStarts.Add(leaf.Start);
            tree.LeafCounts.Add(leaf.Count);
            Give(leaf.Histogram);
        }
        return tree;
    }

    // The first of the best.
    private GrowingLeaf? Best(List<GrowingLeaf> leaves)
    {
        GrowingLeaf? best = null;
        double highest = 0;
        foreach (var leaf in leaves)
            if (_choice.Rank(leaf.Split) is var rank && rank > highest)
                (best, highest) = (leaf, rank);
        return best;
    }

    private void SearchBoth(GrowingLeaf leaf, GrowingLeaf other, double[] targets, FeatureChoice features)
    {
        var (small, large) = leaf.Count <= other.Count ? (leaf, other) : (other, leaf);
        var parent = leaf.Histogram!;
        leaf.Histogram = null;
        leaf.Split = Split.None;
        int needed = 2 * _options.MinimumExampleCountPerLeaf;
        if (large.Count < needed)
        {
            Give(parent);
            return;
        }
        large.Histogram = parent;
        small.Histogram = Take();
        Gather(targets, _rows.AsSpan(small.Start, small.Count));
        Search(small, large, features);
    }

    /// <summary>Counts the histogram of a leaf, and finds its best split and that of its sibling, whose histogram is still the parent's.</summary>
    private void Search(GrowingLeaf leaf, GrowingLeaf? sibling, FeatureChoice features)
    {
        var active = features.OfTree;
        var allowed = features.DrawForSplit();
        var siblingAllowed = sibling is null ? allowed : features.DrawForSplit();
        void One(int i)
        {
            int feature = active[i];
            var column = _data.Columns[feature];
            int offset = _data.Offsets[feature];
            leaf.Histogram!.Fill(column, offset, Gathered(leaf));
            sibling?.Histogram!.Subtract(leaf.Histogram, offset, column.BinCount);
            _splits[i] = allowed[feature] ? Find(leaf, feature) : Split.None;
            if (sibling is not null)
                _otherSplits[i] = siblingAllowed[feature] ? Find(sibling, feature) : Split.None;
        }
        if ((long)leaf.Count * active.Length < ParallelWork)
            for (int i = 0; i < active.Length; i++)
                One(i);
        else
            Parallel.For(0, active.Length, _data.Parallel, One);
        leaf.Split = Choose(leaf, _splits.AsSpan(0, active.Length));
        if (sibling is not null)
            sibling.Split = Choose(sibling, _otherSplits.AsSpan(0, active.Length));
    }

    private Split Find(GrowingLeaf leaf, int feature) => SplitSearch.Find(
        leaf.Histogram!, feature, _data.Offsets[feature], _data.Columns[feature].BinCount, leaf.Totals, _options.MinimumExampleCountPerLeaf);

    private Split Choose(GrowingLeaf leaf, Span<Split> splits) => _choice.Choose(splits, _choice.NeedsVariance ? Variance(leaf) : 0);

    /// <summary>The variance of the targets of a leaf's rows, each divided by its row's weight, at weight 1.</summary>
    private double Variance(GrowingLeaf leaf)
    {
        double squares = 0;
        foreach (int row in _rows.AsSpan(leaf.Start, leaf.Count))
        {
            double weight = _weights is null ? 1 : _weights[row];
            squares += weight > 0 ? _allTargets[row] * _allTargets[row] / weight : 0;
        }
        return leaf.Count > 1 ? Math.Max(0, squares - leaf.Totals.Merit) / (leaf.Count - 1) : 0;
    }

    private LeafRows Gathered(GrowingLeaf leaf) => new(
        _rows.AsSpan(leaf.Start, leaf.Count), _targets.AsSpan(0, leaf.Count), _weights is null ? default : _leafWeights.AsSpan(0, leaf.Count));

    private RowTotals Gather(double[] targets, ReadOnlySpan<int> rows)
    {
        double sum = 0;
        double weight = _weights is null ? rows.Length : 0;
        for (int i = 0; i < rows.Length; i++)
        {
            sum += _targets[i] = targets[rows[i]];
            if (_weights is not null)
                weight += _leafWeights[i] = _weights[rows[i]];
        }
        return new(sum, weight, rows.Length);
    }

    private Histogram Take() => _free.Count > 0 ? _free.Pop() : new(_data.Offsets[^1], _weights is not null);

    private void Give(Histogram? histogram)
    {
        if (histogram is not null)
            _free.Push(histogram);
    }
}

/// <summary>A leaf that may still be split: its part of the rows, its histogram and its best split.</summary>
internal sealed class GrowingLeaf(int start, int count)
{
    public int Start { get; } = start;

    public int Count { get; private set; } = count;

    public RowTotals Totals { get; set; }

    public Histogram? Histogram { get; set; }

    public Split Split { get; set; } = Split.None;

    /// <summary>Keeps the first rows only.</summary>
    public void Shrink(int count, RowTotals totals)
    {
        Count = count;
        Totals = totals;
    }
}
