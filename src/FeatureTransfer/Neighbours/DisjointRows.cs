namespace FeatureTransfer.Neighbours;

/// <summary>Sets of rows that grow together (union-find); each row starts alone. Many threads may join rows at once.</summary>
/// <param name="count">How many rows there are.</param>
internal sealed class DisjointRows(int count)
{
    private readonly int[] _parents = [.. Enumerable.Range(0, count)];
    private readonly Lock _lock = new();

    /// <summary>Makes one set of those of two rows.</summary>
    public void Join(int left, int right)
    {
        lock (_lock)
        {
            var (first, second) = (First(left), First(right));
            _parents[Math.Max(first, second)] = Math.Min(first, second);
        }
    }

    /// <summary>The first row of the set of a row; not while others join.</summary>
    public int First(int row)
    {
        while (_parents[row] != row)
            row = _parents[row] = _parents[_parents[row]];
        return row;
    }
}
