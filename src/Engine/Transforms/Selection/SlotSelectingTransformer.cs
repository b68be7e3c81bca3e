using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps some slots of vectors. Where none is kept a zero stands for the whole, as in ML.NET.</summary>
internal sealed class SlotSelectingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "select-slots";

    private readonly int[][] _slots;

    public SlotSelectingTransformer((string Output, string Input)[] columns, int[][] slots)
        : base(columns)
    {
        _slots = slots;
    }

    /// <summary>The slots kept of each column.</summary>
    public IReadOnlyList<int[]> Slots => _slots;

    public static SlotSelectingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var columns = ctx.Reader.ReadPairs();
        return new(columns, [.. columns.Select(_ => ctx.Reader.ReadArray<int>())]);
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output) =>
        TypeDispatch.Call(input.Type.ItemType().RawType, new Binder(input, output, _slots[pair]));

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        foreach (var slots in _slots)
            ctx.Writer.WriteArray(slots);
    }

    private sealed class Binder(DataViewSchema.Column input, string output, int[] slots) : IItemVisitor<MapStep>
    {
        public MapStep Visit<T>()
        {
            if (input.Type is not VectorDataViewType vector)
            {
                bool kept = slots.Length > 0;
                return kept ? MapStep.Copy(input, output) : MapStep.Map(input, output, input.Type, null, (in T _, ref T value) => value = default!);
            }
            Check.Param(slots.All(s => s < vector.Size), "inputSchema", $"Column '{input.Name}' of type {vector} has too few slots.");
            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.Add(input.Annotations, kind => kind == AnnotationKinds.IsNormalized);
            if (slots.Length > 0 && input.SlotNamesOrNull() is { } names)
                annotations.AddSlotNames(slots.Select(s => names[s]));
            var places = new int[vector.Size];
            Array.Fill(places, -1);
            for (int i = 0; i < slots.Length; i++)
                places[slots[i]] = i;
            var type = new VectorDataViewType(vector.ItemType, Math.Max(1, slots.Length));
            return MapStep.Map<VBuffer<T>, VBuffer<T>>(
                input, output, type, annotations.ToAnnotations(), (in source, ref value) => Select(in source, ref value, places, type.Size));
        }

        private static void Select<T>(in VBuffer<T> source, ref VBuffer<T> destination, int[] places, int size)
        {
            var values = source.GetValues();
            var indices = source.GetIndices();
            var editor = VBufferEditor.Create(ref destination, size, Math.Min(size, values.Length), requireIndicesOnDense: true);
            int count = 0;
            for (int i = 0; i < values.Length; i++)
            {
                int place = places[indices.IsEmpty ? i : indices[i]];
                if (place < 0)
                    continue;
                editor.Values[count] = values[i];
                editor.Indices[count++] = place;
            }
            destination = editor.CommitTruncated(count);
        }
    }
}
