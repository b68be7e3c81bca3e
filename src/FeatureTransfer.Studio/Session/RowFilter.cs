namespace FeatureTransfer.Studio.Session;

/// <summary>Which rows a page lists. Public, for parameters of components have to be.</summary>
public enum RowFilter
{
    All,
    Unlabelled,
    Labelled,
    Next,
    Mistakes,
    Doubtful,
    Duplicates,
    Unreadable,
}

/// <summary>Lists rows.</summary>
internal static class RowLists
{
    /// <summary>The rows of a filter, in the order to look at them.</summary>
    public static IReadOnlyList<int> Of(StudioState state, RowFilter filter) =>
    [
        .. filter switch
        {
            RowFilter.Unlabelled => All(state).Where(row => state.Labels[row] is null),
            RowFilter.Labelled => All(state).Where(row => state.Labels[row] is not null),
            RowFilter.Next => state.Next.Where(row => state.Labels[row] is null),
            RowFilter.Mistakes => state.Mistakes,
            RowFilter.Doubtful => state.Doubtful,
            RowFilter.Duplicates => state.Duplicates,
            RowFilter.Unreadable => state.Unreadable.Keys.Order(),
            _ => All(state),
        },
    ];

    private static IEnumerable<int> All(StudioState state) => Enumerable.Range(0, state.Rows.Count);
}
