using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Maps keys back to the values that the column's annotation lists.</summary>
public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(params (string Output, string Input)[] columns)
        : base(new KeyToValueMappingTransformer(columns))
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
            throw Check.Mismatch("input", input.Name, "key type", input.TypeText());
        if (!input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values))
            throw Check.Mismatch("input", input.Name, "KeyValues annotation", "none");
        return new(name, input.Kind, values.ItemType, values.IsKey, input.Annotations.Only(AnnotationKinds.SlotNames));
    }
}

/// <inheritdoc cref="KeyToValueMappingEstimator"/>
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "key-to-value";

    internal KeyToValueMappingTransformer(params (string Output, string Input)[] columns)
        : base(columns)
    {
    }

    internal static KeyToValueMappingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadPairs());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        if (input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is not VectorDataViewType values
            || input.Type.ItemType() is not KeyDataViewType)
            throw new InvalidOperationException($"Column '{input.Name}' of type {input.Type} has no annotation KeyValues to map its keys to.");
        return TypeDispatch.Call(values.ItemType.RawType, new ValueVisitor(input, output, values.ItemType));
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
    }

    private sealed class ValueVisitor(DataViewSchema.Column input, string output, PrimitiveDataViewType item) : IItemVisitor<MapStep>
    {
        public MapStep Visit<TValue>() => Type.GetTypeCode(input.Type.ItemType().RawType) switch
        {
            TypeCode.Byte => Map<byte, TValue>(),
            TypeCode.UInt16 => Map<ushort, TValue>(),
            TypeCode.UInt32 => Map<uint, TValue>(),
            _ => Map<ulong, TValue>(),
        };

        private MapStep Map<TKey, TValue>()
        {
            VBuffer<TValue> buffer = default;
            input.Annotations.GetValue(AnnotationKinds.KeyValues, ref buffer);
            var values = buffer.DenseValues().ToArray();
            var missing = MissingValue<TValue>();
            return ItemMap.Create<TKey, TValue>(
                input, output, item, input.Annotations.Only(AnnotationKinds.SlotNames),
                key => KeyNumber.Get(key) - 1 is var at && at < (ulong)values.Length ? values[at] : missing);
        }

        private static T MissingValue<T>() => default(T) switch
        {
            float => (T)(object)float.NaN,
            double => (T)(object)double.NaN,
            _ => default!,
        };
    }
}
