using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <inheritdoc cref="ColumnConcatenatingEstimator"/>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    internal const string Kind = "concatenate";

    private readonly string _output;
    private readonly string[] _inputs;
    private readonly string[] _aliases;

    internal ColumnConcatenatingTransformer(string output, string[] inputs, string[]? aliases = null)
    {
        _output = output;
        _inputs = inputs;
        _aliases = aliases ?? inputs;
    }

    internal string Output => _output;

    internal IReadOnlyList<string> Inputs => _inputs;

    internal static ColumnConcatenatingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 2);
        return new(ctx.Reader.ReadString(), ctx.Reader.ReadTexts(), ctx.Version > 1 ? ctx.Reader.ReadTexts() : null);
    }

    internal override IReadOnlyList<MapStep> Bind(DataViewSchema input)
    {
        var columns = _inputs.Select(name => Check.Column(input, name)).ToArray();
        if (columns is [{ Type: VectorDataViewType } single])
            return [MapStep.Copy(single, _output)];
        return [TypeDispatch.Call(ItemType(columns).RawType, new StepMaker(_output, columns, _aliases))];
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 2);
        ctx.Writer.Write(_output);
        ctx.Writer.WriteTexts(_inputs);
        ctx.Writer.WriteTexts(_aliases);
    }

    private static PrimitiveDataViewType ItemType(DataViewSchema.Column[] columns)
    {
        var first = columns[0].Type.ItemType();
        foreach (var column in columns)
            if (!column.Type.ItemType().Equals(first))
                throw Check.Mismatch("input", column.Name, first.ToString()!, column.Type.ToString()!);
        return first as PrimitiveDataViewType ?? throw Check.Mismatch("input", columns[0].Name, "scalar or vector", first.ToString()!);
    }

    private static DataViewSchema.DetachedColumn OutputColumn(string name, DataViewSchema.Column[] columns, string[] aliases)
    {
        var item = ItemType(columns);
        bool isVariable = columns.Any(c => c.Type is VectorDataViewType { IsKnownSize: false });
        int size = isVariable ? 0 : columns.Sum(c => (c.Type as VectorDataViewType)?.Size ?? 1);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (columns.All(c => c.IsNormalized()))
            annotations.AddNormalized();
        if (!isVariable)
        {
            var names = columns.Zip(aliases, SlotNames).SelectMany(n => n).ToArray();
            if (names.Any(n => n.Length > 0))
                annotations.AddSlotNames(names);
            if (CategoricalRanges(columns) is { Length: > 0 } ranges)
                annotations.AddCategoricalRanges(ranges);
        }
        return new(name, new VectorDataViewType(item, size), annotations.ToAnnotations());
    }

    private static IEnumerable<string> SlotNames(DataViewSchema.Column column, string alias)
    {
        if (column.Type is not VectorDataViewType vector)
            return [alias];
        return column.SlotNamesOrNull()?.Select(n => n.Length == 0 ? "" : $"{alias}.{n}") ?? Enumerable.Repeat("", vector.Size);
    }

    private static int[] CategoricalRanges(DataViewSchema.Column[] columns)
    {
        var all = new List<int>();
        int start = 0;
        foreach (var column in columns)
        {
            if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.CategoricalSlotRanges) is not null)
            {
                VBuffer<int> ranges = default;
                column.Annotations.GetValue(AnnotationKinds.CategoricalSlotRanges, ref ranges);
                all.AddRange(ranges.DenseValues().Select(r => r + start));
            }
            start += (column.Type as VectorDataViewType)?.Size ?? 1;
        }
        return [.. all];
    }

    private sealed class StepMaker(string output, DataViewSchema.Column[] columns, string[] aliases) : IItemVisitor<MapStep>
    {
        public MapStep Visit<T>() => new ConcatenateStep<T>(OutputColumn(output, columns, aliases), columns);
    }
}
