using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The labels of the batch at hand, as class numbers from 0; -1 where missing.</summary>
internal abstract class LabelReader
{
    public int[] Values { get; private set; } = [];

    public static LabelReader Create(BatchCursor cursor, DataViewSchema.Column column)
    {
        var item = column.Type;
        if (item is KeyDataViewType or BooleanDataViewType or NumberDataViewType)
            return TypeDispatch.Call(item.RawType, new Creator(cursor.Column(column.Index), item is KeyDataViewType));
        throw Check.Mismatch("label", column.Name, "key, Boolean or number", item.ToString()!, "data");
    }

    /// <summary>Reads the labels of the rows that now lie in the column.</summary>
    public void Read(int rows)
    {
        if (Values.Length < rows)
            Values = new int[rows];
        for (int i = 0; i < rows; i++)
            Values[i] = ClassOf(i);
    }

    protected abstract int ClassOf(int row);

    private sealed class Creator(BatchColumn column, bool isKey) : IItemVisitor<LabelReader>
    {
        public LabelReader Visit<T>() => isKey ? new KeyLabels<T>((BatchColumn<T>)column) : new ValueLabels<T>((BatchColumn<T>)column);
    }

    private sealed class KeyLabels<T>(BatchColumn<T> column) : LabelReader
    {
        protected override int ClassOf(int row) => (int)KeyNumber.Get(column.Values[row]) - 1;
    }

    private sealed class ValueLabels<T>(BatchColumn<T> column) : LabelReader
    {
        private readonly Dictionary<double, int> _classes = [];

        protected override int ClassOf(int row)
        {
            double value = Convert.ToDouble(column.Values[row], System.Globalization.CultureInfo.InvariantCulture);
            if (double.IsNaN(value))
                return -1;
            if (!_classes.TryGetValue(value, out int number))
                _classes.Add(value, number = _classes.Count);
            return number;
        }
    }
}
