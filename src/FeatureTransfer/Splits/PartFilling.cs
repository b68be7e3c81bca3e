namespace FeatureTransfer.Splits;

/// <summary>How full the parts of a split are, label by label.</summary>
internal sealed class PartFilling
{
    private readonly double[][] _wanted;
    private readonly double[][] _present;

    public PartFilling(IReadOnlyList<double> shares, IReadOnlyList<int> labelCounts)
    {
        var sum = shares.Sum();
        _wanted = [.. shares.Select(share => labelCounts.Select(count => count * share / sum).ToArray())];
        _present = [.. shares.Select(_ => new double[labelCounts.Count])];
    }

    /// <summary>Puts a group into the part that lacks its labels most, and tells which.</summary>
    public int Place(int[] counts)
    {
        var part = Enumerable.Range(0, _wanted.Length).MaxBy(candidate => Need(candidate, counts));
        for (var label = 0; label < counts.Length; label++)
            _present[part][label] += counts[label];
        return part;
    }

    // The share of each label that is still open, weighed by what the group brings of it.
    private double Need(int part, int[] counts)
    {
        var need = 0.0;
        for (var label = 0; label < counts.Length; label++)
        {
            if (counts[label] > 0)
                need += counts[label] * (_wanted[part][label] - _present[part][label] - (counts[label] / 2.0)) / _wanted[part][label];
        }

        return need;
    }
}
