namespace Microsoft.ML.Data;

/// <summary>Keeps the rows whose value lies in a range: from the lower bound to below the upper.</summary>
internal sealed class ColumnRangeFilter(int input, double lower, double upper) : RowFilter(input)
{
    public override Predicate<int> Open(BatchColumn[] inputs) => inputs[0] is BatchColumn<float> singles
        ? row => In(singles.Values[row])
        : row => In(((BatchColumn<double>)inputs[0]).Values[row]);

    private bool In(double value) => value >= lower && value < upper;
}

/// <summary>Keeps the rows whose key, as a fraction of the key count, lies in a range.</summary>
internal sealed class KeyFractionFilter(int input, KeyDataViewType key, double lower, double upper) : RowFilter(input)
{
    public override Predicate<int> Open(BatchColumn[] inputs) => TypeDispatch.Call(key.RawType, new Opener(this, inputs[0]));

    private bool In(ulong number)
    {
        double fraction = (number - 0.5) / key.Count;
        return number > 0 && fraction >= lower && fraction < upper;
    }

    private sealed class Opener(KeyFractionFilter filter, BatchColumn column) : IItemVisitor<Predicate<int>>
    {
        public Predicate<int> Visit<T>()
        {
            var keys = (BatchColumn<T>)column;
            return row => filter.In(KeyNumber.Get(keys.Values[row]));
        }
    }
}

/// <summary>Keeps the rows in whose columns no value is missing.</summary>
internal sealed class MissingValueFilter(DataViewSchema.Column[] columns) : RowFilter([.. columns.Select(c => c.Index)])
{
    public override Predicate<int> Open(BatchColumn[] inputs)
    {
        var missing = columns.Select((c, i) => TypeDispatch.Call(c.Type.ItemType().RawType, new Opener(c.Type, inputs[i]))).ToArray();
        return row => !Array.Exists(missing, m => m(row));
    }

    private sealed class Opener(DataViewType type, BatchColumn column) : IItemVisitor<Predicate<int>>
    {
        public Predicate<int> Visit<T>()
        {
            var isMissing = MissingValues.Test<T>(type.ItemType())!;
            if (column is BatchColumn<T> scalars)
                return row => isMissing(scalars.Values[row]);
            var vectors = (BatchColumn<VBuffer<T>>)column;
            bool isZeroMissing = isMissing(default!);
            return row =>
            {
                var values = vectors.Values[row].GetValues();
                foreach (var value in values)
                    if (isMissing(value))
                        return true;
                return isZeroMissing && values.Length < vectors.Values[row].Length;
            };
        }
    }
}
