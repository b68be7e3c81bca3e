namespace Microsoft.ML.Trainers;

/// <summary>The order of rows in each pass: that of the data, or one drawn anew.</summary>
internal sealed class RowOrder(int count, Random? random)
{
    private readonly int[] _rows = [.. Enumerable.Range(0, count)];

    public int[] Next()
    {
        random?.Shuffle(_rows);
        return _rows;
    }
}
