namespace FeatureTransfer.Splits;

/// <summary>How full the parts of a split are, label by label.</summary>
internal sealed class PartFilling
{
    // Below that a part has its share.
    private const double Tolerance = 0.05;
    private readonly double[][] _wanted;
    private readonly double[][] _present;
    private readonly double[] _surplus;
    private readonly double[] _rows;

    public PartFilling(IReadOnlyList<double> shares, IReadOnlyList<int> labelCounts)
    {
        var sum = shares.Sum();
        _wanted = [.. shares.Select(share => labelCounts.Select(count => count * share / sum).ToArray())];
        _present = [.. shares.Select(_ => new double[labelCounts.Count])];
        _rows = [.. shares.Select(share => labelCounts.Sum() * share / sum)];
        _surplus = [.. _rows.Select(rows => -rows)];
    }

    /// <summary>Puts a group into the part that lacks its labels most, and tells which.</summary>
    public int Place(WholeGroup group)
    {
        var part = Enumerable.Range(0, _wanted.Length).MaxBy(candidate => Need(candidate, group));
        Move(group, part, 1);
        return part;
    }

    /// <summary>
    /// Moves groups until each part has its share of the rows, as near as whole groups and labels allow. Of labels with few rows each part has less
    /// or more than its share, by less than a row each; over many labels that adds up.
    /// </summary>
    public void Even(List<PlacedGroup> placed)
    {
        if (Enumerable.Range(0, _rows.Length).All(part => Math.Abs(_surplus[part]) <= Math.Max(1, Tolerance * _rows[part])))
            return;
        foreach (var leavesSome in (bool[])[true, false])
        {
            for (var i = 0; i < placed.Count; i++)
            {
                var (group, from) = placed[i];
                var to = Array.IndexOf(_surplus, _surplus.Min());
                if (!Helps(group, from, to) || !Allows(group, from, to, leavesSome))
                    continue;
                Move(group, from, -1);
                Move(group, to, 1);
                placed[i] = placed[i] with { Part = to };
            }
        }
    }

    // The share of each label that is still open, weighed by what the group brings of it.
    private double Need(int part, WholeGroup group) =>
        group.Counts.Sum(label => label.Rows * (_wanted[part][label.Label] - _present[part][label.Label] - (label.Rows / 2.0)) / _wanted[part][label.Label]);

    private void Move(WholeGroup group, int part, int sign)
    {
        foreach (var (label, rows) in group.Counts)
            _present[part][label] += sign * rows;
        _surplus[part] += sign * group.Rows.Count;
    }

    private bool Helps(WholeGroup group, int from, int to) =>
        Math.Abs(_surplus[from] - group.Rows.Count) + Math.Abs(_surplus[to] + group.Rows.Count) < Math.Abs(_surplus[from]) + Math.Abs(_surplus[to]) - 1e-9;

    // A part with most of the rows is the one that is learned from: what is not there cannot be judged.
    private bool Allows(WholeGroup group, int from, int to, bool leavesSome)
    {
        var mustStay = leavesSome || _rows[from] > _rows.Sum() / 2;
        return group.Counts.All(label => IsNear(from, label.Label, -label.Rows) && IsNear(to, label.Label, label.Rows) && (!mustStay || _present[from][label.Label] > label.Rows));
    }

    private bool IsNear(int part, int label, int change) => Math.Abs(_present[part][label] + change - _wanted[part][label]) < Math.Max(1, Math.Abs(change));
}
