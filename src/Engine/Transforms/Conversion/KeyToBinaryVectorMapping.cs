using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Maps keys to the bits of their numbers; all bits of a missing key are 1.</summary>
public sealed class KeyToBinaryVectorMappingEstimator : TrivialEstimator<KeyToBinaryVectorMappingTransformer>
{
    internal KeyToBinaryVectorMappingEstimator(params (string Output, string Input)[] columns)
        : base(new KeyToBinaryVectorMappingTransformer(columns))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.ColumnPairs.Select(p => Output(inputSchema.Find(p.Input), p.Output)));
    }

    private static SchemaShape.Column Output(SchemaShape.Column input, string name)
    {
        if (!input.IsKey)
            throw Check.Mismatch("input", input.Name, "key type of known cardinality", input.TypeText());
        var annotations = SchemaShape.Empty;
        if (input.Kind != SchemaShape.Column.VectorKind.VariableVector && input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out _))
            annotations = annotations.Plus(AnnotationKinds.SlotNames, AnnotationKinds.TextVector);
        if (input.Kind == SchemaShape.Column.VectorKind.Scalar)
            annotations = annotations.Plus(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance);
        var kind = input.Kind == SchemaShape.Column.VectorKind.VariableVector ? input.Kind : SchemaShape.Column.VectorKind.Vector;
        return new(name, kind, NumberDataViewType.Single, false, annotations);
    }
}

/// <inheritdoc cref="KeyToBinaryVectorMappingEstimator"/>
public sealed class KeyToBinaryVectorMappingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "key-to-binary-vector";

    internal KeyToBinaryVectorMappingTransformer(params (string Output, string Input)[] columns)
        : base(columns)
    {
    }

    internal static KeyToBinaryVectorMappingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadPairs());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        if (input.Type.ItemType() is not KeyDataViewType { Count: <= int.MaxValue } key)
            throw Check.Mismatch("input", input.Name, "key type of known cardinality", input.Type.ToString()!);
        return TypeDispatch.Call(key.RawType, new Binder(input, output, BitOperations.Log2(key.Count) + 2));
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
    }

    private sealed class Binder(DataViewSchema.Column input, string output, int bits) : IItemVisitor<MapStep>
    {
        public MapStep Visit<T>()
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            if (KeySlots.KeyNames(input) is not null)
                KeySlots.AddSlotNames(annotations, input, [.. Enumerable.Range(0, bits).Select(i => $"Bit{bits - 1 - i}")], sums: false);
            if (input.Type is not VectorDataViewType)
                annotations.AddNormalized();
            var type = KeySlots.OutputType(input.Type, bits, sums: false);
            if (input.Type is not VectorDataViewType)
                return MapStep.Map(input, output, type, annotations.ToAnnotations(), (in T key, ref VBuffer<float> value) => One(key, ref value));
            return MapStep.Map<VBuffer<T>, VBuffer<float>>(input, output, type, annotations.ToAnnotations(), Side);
        }

        private void One<T>(T key, ref VBuffer<float> value)
        {
            var editor = VBufferEditor.Create(ref value, bits);
            Write(key, editor.Values);
            value = editor.Commit();
        }

        private void Side<T>(in VBuffer<T> keys, ref VBuffer<float> value)
        {
            var editor = VBufferEditor.Create(ref value, keys.Length * bits);
            foreach (var key in keys.Items(all: true))
                Write(key.Value, editor.Values.Slice(key.Key * bits, bits));
            value = editor.Commit();
        }

        private void Write<T>(T key, Span<float> to)
        {
            ulong number = KeyNumber.Get(key) - 1;
            for (int i = 0; i < bits; i++)
                to[i] = (number >> (bits - 1 - i)) & 1;
        }
    }
}
