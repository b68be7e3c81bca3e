using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>One column of a batch: its values one after the other, in an array that is used again.</summary>
internal abstract class BatchColumn
{
    public int Count { get; protected set; }

    /// <summary>Sets the number of rows; the values are whatever was there before, for their arrays to be used again.</summary>
    public abstract void Resize(int count);

    /// <summary>Sets the number of rows of a column that grows to an unknown length.</summary>
    public abstract void Reserve(int count);

    /// <summary>Points at rows of a column that stays, without copying where they lie together.</summary>
    public abstract void View(BatchColumn source, int start, int count, int[]? order);

    /// <summary>An empty column of the same type.</summary>
    public abstract BatchColumn NewSame();

    /// <summary>Takes copies of these rows of a column of the same type.</summary>
    public abstract void Gather(BatchColumn source, ReadOnlySpan<int> rows);

    /// <summary>Takes a copy of one row.</summary>
    public abstract void Set(int row, BatchColumn source, int sourceRow);

    public static BatchColumn Create(DataViewType type) => TypeDispatch.CallRaw(type, Creator.Instance);

    private sealed class Creator : IItemVisitor<BatchColumn>
    {
        public static readonly Creator Instance = new();

        public BatchColumn Visit<T>() => new BatchColumn<T>();
    }
}

/// <inheritdoc/>
internal sealed class BatchColumn<T> : BatchColumn
{
    public T[] Values = [];

    /// <summary>The values of the current batch.</summary>
    public Span<T> Span => Values.AsSpan(0, Count);

    public override void Resize(int count)
    {
        if (Values.Length < count)
            Array.Resize(ref Values, Math.Max(count, Math.Min(Values.Length * 2, 1024)));
        Count = count;
    }

    public override void Reserve(int count)
    {
        if (Values.Length < count)
            Array.Resize(ref Values, Math.Max(count, Values.Length * 2));
        Count = count;
    }

    public override void View(BatchColumn source, int start, int count, int[]? order)
    {
        var from = ((BatchColumn<T>)source).Values;
        Resize(count);
        // A vector is taken over with its arrays: readers copy values out, they never write into a column.
        if (order is null)
            from.AsSpan(start, count).CopyTo(Values);
        else
            for (int i = 0; i < count; i++)
                Values[i] = from[order[start + i]];
    }

    public override BatchColumn NewSame() => new BatchColumn<T>();

    public override void Gather(BatchColumn source, ReadOnlySpan<int> rows)
    {
        var from = ((BatchColumn<T>)source).Values;
        Resize(rows.Length);
        for (int i = 0; i < rows.Length; i++)
            ValueCopiers<T>.Copy(in from[rows[i]], ref Values[i]);
    }

    public override void Set(int row, BatchColumn source, int sourceRow) =>
        ValueCopiers<T>.Copy(in ((BatchColumn<T>)source).Values[sourceRow], ref Values[row]);
}
