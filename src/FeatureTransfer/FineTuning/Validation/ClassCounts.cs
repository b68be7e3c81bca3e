namespace FeatureTransfer.FineTuning;

/// <summary>How often each class was right, missed and given in vain.</summary>
internal sealed class ClassCounts(int classes)
{
    private readonly int[] _right = new int[classes];
    private readonly int[] _present = new int[classes];
    private readonly int[] _given = new int[classes];

    /// <summary>The share that is right.</summary>
    public double Accuracy => _right.Sum() / (double)Math.Max(1, _present.Sum());

    /// <summary>The mean over the classes that are there of the share that is right.</summary>
    public double MacroRecall => There().Average(label => _right[label] / (double)_present[label]);

    /// <summary>The mean over the classes that are there of the harmonic mean of precision and recall.</summary>
    public double MacroF1 => There().Average(label => 2.0 * _right[label] / (_present[label] + _given[label]));

    public void Add(int truth, int given)
    {
        _present[truth]++;
        _given[given]++;
        _right[truth] += truth == given ? 1 : 0;
    }

    private IEnumerable<int> There() => Enumerable.Range(0, classes).Where(label => _present[label] > 0);
}
