namespace FeatureTransfer.Pipelines.Running;

/// <summary>Counts which class was taken for which.</summary>
internal sealed class ClassCounting
{
    private readonly double[][] _counts;

    /// <summary>Counts.</summary>
    /// <param name="labels">The labels of the model; those that only rows have come behind them.</param>
    /// <param name="rows">What was predicted.</param>
    public ClassCounting(IReadOnlyList<string> labels, IReadOnlyList<PredictionRow> rows)
    {
        Labels = [.. labels, .. rows.Select(row => row.Label).Where(label => !labels.Contains(label)).Distinct().Order(StringComparer.Ordinal)];
        Index = Labels.Select((label, i) => (label, i)).ToDictionary(pair => pair.label, pair => pair.i, StringComparer.Ordinal);
        _counts = [.. Labels.Select(_ => new double[Labels.Count])];
        foreach (var row in rows)
            _counts[Index[row.Label]][Index[row.Predicted]]++;
        Classes = [.. Labels.Select(Class)];
    }

    public IReadOnlyList<string> Labels { get; }

    /// <summary>The place of each label.</summary>
    public IReadOnlyDictionary<string, int> Index { get; }

    /// <summary>(True label, predicted label).</summary>
    public IReadOnlyList<IReadOnlyList<double>> Counts => _counts;

    public IReadOnlyList<ClassResult> Classes { get; }

    private ClassResult Class(string label, int index)
    {
        var found = _counts[index][index];
        var given = _counts.Sum(row => row[index]);
        var present = _counts[index].Sum();
        return new ClassResult(label, given > 0 ? found / given : 0, present > 0 ? found / present : 0, (int)present);
    }
}
