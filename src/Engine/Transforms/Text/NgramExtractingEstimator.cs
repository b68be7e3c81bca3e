using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Counts the sequences of keys in vectors of keys.</summary>
public sealed class NgramExtractingEstimator : IEstimator<NgramExtractingTransformer>
{
    private readonly (string Output, string Input) _columns;
    private readonly int[] _room;
    private readonly int _skipLength;
    private readonly WeightingCriteria _weighting;

    internal NgramExtractingEstimator(
        (string Output, string Input) columns, int ngramLength, int skipLength, bool useAllLengths, int[] maximumNgramsCount, WeightingCriteria weighting)
    {
        Check.Param(ngramLength > 0, nameof(ngramLength), "Must be positive");
        Check.Param(skipLength >= 0, nameof(skipLength), "Must not be negative");
        Check.Param(Enum.IsDefined(weighting), nameof(weighting), $"There is no weighting {weighting}.");
        Check.Param(maximumNgramsCount.All(c => c > 0) && maximumNgramsCount.Length is > 0 && maximumNgramsCount.Length <= ngramLength,
            nameof(maximumNgramsCount), $"There must be positive numbers, at most one for each of the {ngramLength} lengths");
        _columns = columns;
        _skipLength = skipLength;
        _weighting = weighting;
        // A number that is missing is the last that is there. Where only the full length counts, the first number is its.
        _room = new int[ngramLength];
        for (int i = 0; i < ngramLength; i++)
            _room[i] = useAllLengths ? maximumNgramsCount[Math.Min(i, maximumNgramsCount.Length - 1)] : 0;
        if (!useAllLengths)
            _room[^1] = maximumNgramsCount[0];
    }

    public NgramExtractingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var column = Check.Column(input.Schema, _columns.Input);
        NgramExtractingTransformer.CheckType(column);
        var table = new NgramTable(_room, _skipLength);
        var lastRow = new List<long>();
        var rowsWith = new List<int>();
        using var cursor = Batches.Open(input, column);
        var keys = KeyRows.Create(column);
        long rows = 0;
        Action<int> visit = slot => CountRow(slot, rows, lastRow, rowsWith);
        while (cursor.MoveNext(Batches.MaxRows))
        {
            for (int i = 0; i < cursor.Count; i++)
            {
                rows++;
                table.Visit(keys.Read(cursor.Column(column.Index), i), learn: true, visit);
            }
        }
        double[]? weights = _weighting == WeightingCriteria.Tf ? null : [.. rowsWith.Select(n => Math.Log((double)rows / n))];
        return new(_columns, table, _weighting, weights);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var input = inputSchema.Find(_columns.Input);
        if (input.Kind == SchemaShape.Column.VectorKind.Scalar || !input.IsKey || input.ItemType == NumberDataViewType.UInt64)
            throw Check.Mismatch("input", input.Name, "vector of keys of at most 32 bits, as MapValueToKey gives them", input.TypeText());
        bool hasNames = input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values) && values.ItemType is TextDataViewType;
        return inputSchema.With(new SchemaShape.Column(
            _columns.Output,
            SchemaShape.Column.VectorKind.Vector,
            NumberDataViewType.Single,
            isKey: false,
            hasNames ? new([SchemaShape.Column.Of(AnnotationKinds.SlotNames, AnnotationKinds.TextVector)]) : SchemaShape.Empty));
    }

    private static void CountRow(int slot, long row, List<long> lastRow, List<int> rowsWith)
    {
        if (slot == lastRow.Count)
        {
            lastRow.Add(0);
            rowsWith.Add(0);
        }
        if (lastRow[slot] == row)
            return;
        lastRow[slot] = row;
        rowsWith[slot]++;
    }

    /// <summary>What the value of a sequence is in a row: how often it occurs, how rare it is over all rows, or both multiplied.</summary>
    public enum WeightingCriteria
    {
        Tf = 0,
        Idf = 1,
        TfIdf = 2,
    }
}

/// <summary>The keys of one row at a time, whatever their width.</summary>
internal abstract class KeyRows
{
    public static KeyRows Create(DataViewSchema.Column column) => TypeDispatch.Call(column.Type.ItemType().RawType, Creator.Instance);

    public abstract ReadOnlySpan<uint> Read(BatchColumn column, int row);

    private sealed class Creator : IItemVisitor<KeyRows>
    {
        public static readonly Creator Instance = new();

        public KeyRows Visit<T>() => new Of<T>();
    }

    /// <inheritdoc/>
    internal sealed class Of<T> : KeyRows
    {
        private uint[] _keys = [];

        public override ReadOnlySpan<uint> Read(BatchColumn column, int row) => Read(in ((BatchColumn<VBuffer<T>>)column).Values[row]);

        public ReadOnlySpan<uint> Read(in VBuffer<T> vector)
        {
            if (_keys.Length < vector.Length)
                _keys = new uint[Math.Max(vector.Length, _keys.Length * 2)];
            var keys = _keys.AsSpan(0, vector.Length);
            keys.Clear();
            var values = vector.GetValues();
            var indices = vector.GetIndices();
            for (int i = 0; i < values.Length; i++)
                keys[indices.IsEmpty ? i : indices[i]] = (uint)KeyNumber.Get(values[i]);
            return keys;
        }
    }
}
