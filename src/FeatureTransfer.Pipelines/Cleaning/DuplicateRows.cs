namespace FeatureTransfer.Pipelines.Cleaning;

/// <summary>Groups of rows that are nearly the same.</summary>
internal sealed class DuplicateRows
{
    private readonly Dictionary<int, int> _groups = [];
    private readonly HashSet<int> _contradicted = [];
    private readonly HashSet<int> _across = [];

    /// <summary>Looks at groups.</summary>
    /// <param name="groups">The rows of each.</param>
    /// <param name="labels">The label of each row.</param>
    /// <param name="heldOut">The rows of the test.</param>
    public DuplicateRows(IReadOnlyList<IReadOnlyList<int>> groups, IReadOnlyList<string> labels, IReadOnlySet<int> heldOut)
    {
        for (var group = 0; group < groups.Count; group++)
        {
            foreach (var row in groups[group])
                _groups[row] = group + 1;
            if (groups[group].Select(row => labels[row]).Distinct(StringComparer.Ordinal).Skip(1).Any())
                _contradicted.UnionWith(groups[group]);
            if (groups[group].Any(heldOut.Contains) && !groups[group].All(heldOut.Contains))
                _across.UnionWith(groups[group]);
        }
    }

    /// <summary>The number of a row's group, from 1; null where it has none.</summary>
    public int? GroupOf(int row) => _groups.TryGetValue(row, out var group) ? group : null;

    /// <summary>Whether a row's group has several labels.</summary>
    public bool IsContradicted(int row) => _contradicted.Contains(row);

    /// <summary>Whether a row's group lies on both sides of the split.</summary>
    public bool IsAcross(int row) => _across.Contains(row);
}
