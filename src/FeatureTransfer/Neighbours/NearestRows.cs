namespace FeatureTransfer.Neighbours;

/// <summary>The rows with the smallest distances of all that were offered; of equal distances, the rows that come first.</summary>
/// <param name="count">How many are kept, 1 or more.</param>
internal sealed class NearestRows(int count)
{
    // The worst that is kept comes first, so that it is the one to give way.
    private static readonly Comparer<(float Distance, int Row)> _worstFirst = Comparer<(float Distance, int Row)>.Create((left, right) => right.CompareTo(left));
    private readonly PriorityQueue<int, (float Distance, int Row)> _kept = new(count, _worstFirst);
    private float _worst = float.PositiveInfinity;

    /// <summary>Offers rows in ascending order, one distance for each.</summary>
    /// <param name="first">The row of the first distance.</param>
    /// <param name="distances">The distances, none of them NaN.</param>
    public void Offer(int first, ReadOnlySpan<float> distances)
    {
        for (var i = 0; i < distances.Length; i++)
        {
            if (_kept.Count < count)
                _kept.Enqueue(first + i, (distances[i], first + i));
            else if (distances[i] < _worst)
                _kept.EnqueueDequeue(first + i, (distances[i], first + i));
            else
                continue;
            _kept.TryPeek(out _, out var worst);
            _worst = worst.Distance;
        }
    }

    /// <summary>What was kept, the nearest first.</summary>
    public IEnumerable<(float Distance, int Row)> Sorted() => _kept.UnorderedItems.Select(item => item.Priority).Order();
}
