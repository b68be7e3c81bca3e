namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Draws the features that a tree and its splits may be by.</summary>
internal sealed class FeatureChoice
{
    private readonly Random _random;
    private readonly bool[] _mask;
    private readonly int[] _all;
    private readonly int _ofTree;
    private readonly double _shareOfSplit;

    public FeatureChoice(int features, TreeOptions options)
    {
        _random = new(options.FeatureSelectionSeed);
        _mask = new bool[features];
        Array.Fill(_mask, true);
        _all = [.. Enumerable.Range(0, features)];
        _ofTree = (int)Math.Ceiling(options.FeatureFraction * features);
        _shareOfSplit = options.FeatureFractionPerSplit;
        OfTree = _all;
    }

    /// <summary>The features of the tree at hand, rising.</summary>
    public int[] OfTree { get; private set; }

    public void NextTree()
    {
        if (_ofTree < _all.Length)
            OfTree = Draw(_all, _ofTree);
    }

    /// <summary>For each feature whether the next split may be by it: each of the tree's features is drawn by itself, one at least.</summary>
    public bool[] DrawForSplit()
    {
        if (_shareOfSplit >= 1)
            return _mask;
        var mask = new bool[_all.Length];
        int drawn = 0;
        foreach (int feature in OfTree)
            drawn += (mask[feature] = _random.NextDouble() < _shareOfSplit) ? 1 : 0;
        if (drawn == 0)
            mask[OfTree[_random.Next(OfTree.Length)]] = true;
        return mask;
    }

    private int[] Draw(int[] from, int count)
    {
        int[] drawn = [.. from];
        RowBag.PutFirst(drawn, count, _random);
        Array.Resize(ref drawn, count);
        Array.Sort(drawn);
        return drawn;
    }
}

/// <summary>Draws the rows that trees are grown on, without putting them back.</summary>
internal sealed class RowBag(int rows, TreeOptions options)
{
    private readonly Random _random = new(options.Seed);
    private readonly int[] _rows = [.. Enumerable.Range(0, rows)];
    private int _count = rows;
    private int _trees;

    /// <summary>The rows that are not in the bag.</summary>
    public ReadOnlySpan<int> Outside => _rows.AsSpan(_count);

    /// <summary>A copy of the rows of the next tree, rising.</summary>
    public int[] Next()
    {
        if (options.BaggingSize > 0 && _trees++ % options.BaggingSize == 0)
        {
            _count = Math.Max(1, (int)(options.BaggingExampleFraction * _rows.Length));
            Array.Sort(_rows);
            PutFirst(_rows, _count, _random);
            _rows.AsSpan(0, _count).Sort();
        }
        return _rows.AsSpan(0, _count).ToArray();
    }

    /// <summary>Puts some items, drawn at random, before the others.</summary>
    public static void PutFirst(int[] items, int count, Random random)
    {
        for (int i = 0; i < count; i++)
        {
            int at = random.Next(i, items.Length);
            (items[i], items[at]) = (items[at], items[i]);
        }
    }
}
