using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Text;

/// <inheritdoc cref="NgramExtractingEstimator"/>
public sealed class NgramExtractingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "ngrams";

    private readonly NgramTable _table;
    private readonly NgramExtractingEstimator.WeightingCriteria _weighting;
    private readonly double[]? _rarity;

    internal NgramExtractingTransformer(
        (string Output, string Input) columns, NgramTable table, NgramExtractingEstimator.WeightingCriteria weighting, double[]? rarity)
        : base(columns)
    {
        _table = table;
        _weighting = weighting;
        _rarity = rarity;
    }

    internal static NgramExtractingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var columns = ctx.Reader.ReadPairs()[0];
        var table = NgramTable.Load(ctx.Reader);
        var weighting = (NgramExtractingEstimator.WeightingCriteria)ctx.Reader.ReadInt32();
        return new(columns, table, weighting, weighting == NgramExtractingEstimator.WeightingCriteria.Tf ? null : ctx.Reader.ReadArray<double>());
    }

    internal static void CheckType(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { ItemType: KeyDataViewType key } || key.RawType == typeof(ulong))
            throw Check.Mismatch("input", column.Name, "vector of keys of at most 32 bits, as MapValueToKey gives them", column.Type.ToString()!);
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        CheckType(input);
        return TypeDispatch.Call(input.Type.ItemType().RawType, new Binder(this, input, output));
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        _table.Save(ctx.Writer);
        ctx.Writer.Write((int)_weighting);
        if (_rarity is not null)
            ctx.Writer.WriteArray(_rarity);
    }

    private DataViewSchema.Annotations? Names(DataViewSchema.Column input)
    {
        if (_table.Count == 0 || !HasTexts(input))
            return null;
        var annotations = new DataViewSchema.Annotations.Builder();
        var names = new Lazy<ReadOnlyMemory<char>[]>(() => SlotNames(input));
        annotations.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, _table.Count),
            (ref VBuffer<ReadOnlyMemory<char>> value) => VBuffer<ReadOnlyMemory<char>>.Copy(names.Value, 0, ref value, names.Value.Length));
        return annotations.ToAnnotations();
    }

    // HasKeyValues of a column wants as many names as there are keys.
    private static bool HasTexts(DataViewSchema.Column input) =>
        input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType { ItemType: TextDataViewType };

    private ReadOnlyMemory<char>[] SlotNames(DataViewSchema.Column input)
    {
        VBuffer<ReadOnlyMemory<char>> texts = default;
        input.GetKeyValues(ref texts);
        var words = texts.DenseValues().ToArray();
        return [.. Enumerable.Range(0, _table.Count).Select(slot =>
            string.Join('|', _table.KeysOf(slot).Select(k => k <= words.Length ? words[k - 1].ToString() : "*")).AsMemory())];
    }

    private sealed class Binder(NgramExtractingTransformer owner, DataViewSchema.Column input, string output) : IItemVisitor<MapStep>
    {
        public MapStep Visit<T>()
        {
            var type = new VectorDataViewType(NumberDataViewType.Single, owner._table.Count);
            return MapStep.Map<VBuffer<T>, VBuffer<float>>(input, output, type, owner.Names(input), () => new NgramCounter<T>(owner._table, owner._weighting, owner._rarity).Count);
        }
    }
}

/// <summary>Counts the known sequences of one row after the other.</summary>
internal sealed class NgramCounter<T>
{
    private readonly NgramTable _table;
    private readonly NgramExtractingEstimator.WeightingCriteria _weighting;
    private readonly double[]? _rarity;
    private readonly KeyRows.Of<T> _keys = new();
    private readonly int[] _counts;
    private readonly List<int> _touched = [];
    private readonly Action<int> _visit;

    public NgramCounter(NgramTable table, NgramExtractingEstimator.WeightingCriteria weighting, double[]? rarity)
    {
        _table = table;
        _weighting = weighting;
        _rarity = rarity;
        _counts = new int[table.Count];
        _visit = Add;
    }

    public void Count(in VBuffer<T> source, ref VBuffer<float> destination)
    {
        _table.Visit(_keys.Read(in source), learn: false, _visit);
        _touched.Sort();
        var editor = VBufferEditor.Create(ref destination, _counts.Length, _touched.Count, requireIndicesOnDense: true);
        for (int i = 0; i < _touched.Count; i++)
        {
            int slot = _touched[i];
            editor.Indices[i] = slot;
            editor.Values[i] = Weigh(slot, _counts[slot]);
            _counts[slot] = 0;
        }
        _touched.Clear();
        destination = editor.Commit();
    }

    private float Weigh(int slot, int count) => _weighting switch
    {
        NgramExtractingEstimator.WeightingCriteria.Tf => count,
        NgramExtractingEstimator.WeightingCriteria.Idf => (float)_rarity![slot],
        _ => (float)(_rarity![slot] * count),
    };

    private void Add(int slot)
    {
        if (_counts[slot]++ == 0)
            _touched.Add(slot);
    }
}
