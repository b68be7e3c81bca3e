using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps the slots in which enough values are neither zero nor missing.</summary>
public sealed class CountFeatureSelectingEstimator : IEstimator<ITransformer>
{
    private readonly (string Output, string Input)[] _columns;
    private readonly long _count;

    internal CountFeatureSelectingEstimator((string Output, string Input)[] columns, long count)
    {
        Check.Param(count > 0, nameof(count), "Must be positive");
        _columns = columns;
        _count = count;
    }

    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = _columns.Select(c => Check.Column(input.Schema, c.Input)).ToArray();
        using var cursor = Batches.Open(input, columns);
        var counters = columns.Select(c => TypeDispatch.Call(c.Type.ItemType().RawType, new Maker(c, cursor.Column(c.Index)))).ToArray();
        while (cursor.MoveNext(Batches.MaxRows))
            foreach (var counter in counters)
                counter.Add(cursor.Count);
        return new SlotSelectingTransformer(_columns, [.. counters.Select(c => c.AtLeast(_count))]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(_columns.Select(c => SelectionShape.Of(inputSchema.Find(c.Input), c.Output)));
    }

    private sealed class Maker(DataViewSchema.Column column, BatchColumn values) : IItemVisitor<SlotCounter>
    {
        public SlotCounter Visit<T>() => new SlotCounter<T>(column, values);
    }
}

/// <summary>The shape of a column some of whose slots are kept.</summary>
internal static class SelectionShape
{
    public static SchemaShape.Column Of(SchemaShape.Column input, string name)
    {
        bool fits = !input.IsKey && input.Kind != SchemaShape.Column.VectorKind.VariableVector
            && (input.ItemType.RawType == typeof(float) || input.ItemType.RawType == typeof(double) || input.ItemType is TextDataViewType);
        return fits
            ? input.As(name, input.Annotations.Only(AnnotationKinds.SlotNames, AnnotationKinds.IsNormalized))
            : throw Check.Mismatch("input", input.Name, "Single, Double, text or known-size vector of them", input.TypeText());
    }
}

/// <summary>Counts the values of each slot that say something.</summary>
internal abstract class SlotCounter
{
    public abstract void Add(int rows);

    public abstract int[] AtLeast(long count);
}

/// <inheritdoc/>
internal sealed class SlotCounter<T>(DataViewSchema.Column column, BatchColumn values) : SlotCounter
{
    private readonly long[] _counts = new long[(column.Type as VectorDataViewType)?.Size ?? 1];
    private readonly Predicate<T> _isMissing = MissingValues.Test<T>(column.Type.ItemType()) ?? (_ => false);

    public override void Add(int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            if (values is BatchColumn<T> scalars)
                Add(0, scalars.Values[row]);
            else
                foreach (var item in ((BatchColumn<VBuffer<T>>)values).Values[row].Items())
                    Add(item.Key, item.Value);
        }
    }

    public override int[] AtLeast(long count) => [.. Enumerable.Range(0, _counts.Length).Where(i => _counts[i] >= count)];

    private void Add(int slot, T value)
    {
        bool isEmpty = value is ReadOnlyMemory<char> text ? text.IsEmpty : EqualityComparer<T>.Default.Equals(value, default);
        if (!isEmpty && !_isMissing(value))
            _counts[slot]++;
    }
}
