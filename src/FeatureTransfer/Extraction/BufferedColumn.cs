namespace FeatureTransfer.Extraction;

/// <summary>Keeps the values of a column for the rows that are read ahead.</summary>
internal abstract class BufferedColumn
{
    /// <summary>Reads the value of the source's current row.</summary>
    public abstract object Read();

    /// <summary>A getter over what was read, given the current row's value.</summary>
    public abstract Delegate Getter(Func<object> current);

    /// <summary>Buffers a column of whatever type.</summary>
    public static BufferedColumn Create(DataViewRow row, DataViewSchema.Column column) =>
        (BufferedColumn)Activator.CreateInstance(typeof(Of<>).MakeGenericType(column.Type.RawType), row, column)!;

    private sealed class Of<T>(DataViewRow row, DataViewSchema.Column column) : BufferedColumn
    {
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);

        // A fresh value each time, so that a vector's memory is its own.
        public override object Read()
        {
            T value = default!;
            _getter(ref value);
            return new Box(value);
        }

        public override Delegate Getter(Func<object> current) => (ValueGetter<T>)((ref T value) => value = ((Box)current()).Value);

        private sealed record Box(T Value);
    }
}
