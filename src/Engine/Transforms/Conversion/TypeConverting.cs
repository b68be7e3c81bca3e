using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Converts columns to another type.</summary>
public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator((string Output, string Input)[] columns, DataKind outputKind)
        : base(new TypeConvertingTransformer(columns, outputKind))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.ColumnPairs.Select(p => Output(inputSchema.Find(p.Input), p.Output)));
    }

    private SchemaShape.Column Output(SchemaShape.Column input, string name)
    {
        var item = Transformer.OutputKind.ToType();
        var from = input.IsKey ? new KeyDataViewType(input.ItemType.RawType, 1) : input.ItemType;
        if (!TypeConvertingTransformer.CanConvert(from, item))
            throw Check.Mismatch("input", input.Name, $"a type that converts to {item}", input.TypeText());
        return new(name, input.Kind, item, input.IsKey, input.Annotations.Only(AnnotationKinds.SlotNames, AnnotationKinds.KeyValues));
    }
}

/// <inheritdoc cref="TypeConvertingEstimator"/>
public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "convert-type";

    internal TypeConvertingTransformer((string Output, string Input)[] columns, DataKind outputKind)
        : base(columns)
    {
        OutputKind = outputKind;
    }

    internal DataKind OutputKind { get; }

    internal static TypeConvertingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadPairs(), (DataKind)ctx.Reader.ReadByte());
    }

    internal static bool CanConvert(DataViewType from, PrimitiveDataViewType to) => from is KeyDataViewType
        ? KeyDataViewType.IsValidDataType(to.RawType)
        : TypeDispatch.Call(from.RawType, new Outer(default, "", to, null)) is not null;

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        var item = OutputKind.ToType();
        if (!CanConvert(input.Type.ItemType(), item))
            throw Check.Mismatch("input", input.Name, $"a type that converts to {item}", input.Type.ToString()!);
        if (input.Type.ItemType() is KeyDataViewType key)
            item = new KeyDataViewType(item.RawType, key.Count);
        var kept = new DataViewSchema.Annotations.Builder();
        kept.Add(input.Annotations, kind => kind is AnnotationKinds.SlotNames or AnnotationKinds.KeyValues);
        // A flag as a number is 0 or 1.
        if (input.Type.ItemType() is BooleanDataViewType && item is NumberDataViewType)
            kept.AddNormalized();
        var annotations = kept.ToAnnotations();
        return TypeDispatch.Call(input.Type.ItemType().RawType, new Outer(input, output, item, annotations))!;
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        ctx.Writer.Write((byte)OutputKind);
    }

    private sealed class Outer(DataViewSchema.Column input, string output, PrimitiveDataViewType item, DataViewSchema.Annotations? annotations)
        : IItemVisitor<MapStep?>
    {
        public MapStep? Visit<TIn>() => TypeDispatch.Call(item.RawType, new Inner<TIn>(input, output, item, annotations));
    }

    private sealed class Inner<TIn>(DataViewSchema.Column input, string output, PrimitiveDataViewType item, DataViewSchema.Annotations? annotations)
        : IItemVisitor<MapStep?>
    {
        public MapStep? Visit<TOut>() => TypeConversions.Find<TIn, TOut>() is not { } convert ? null
            : output.Length == 0 ? new CopyStep(new("none", item), 0)
            : ItemMap.Create(input, output, item, annotations, convert);
    }
}
