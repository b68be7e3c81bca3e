using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Maps keys to vectors with a 1 in the key's place, one vector for each key or their sum.</summary>
public sealed class KeyToVectorMappingEstimator : TrivialEstimator<KeyToVectorMappingTransformer>
{
    internal KeyToVectorMappingEstimator((string Output, string Input)[] columns, bool outputCountVector)
        : base(new KeyToVectorMappingTransformer(columns, outputCountVector))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.ColumnPairs.Select(p => Output(inputSchema.Find(p.Input), p.Output)));
    }

    private SchemaShape.Column Output(SchemaShape.Column input, string name)
    {
        if (!input.IsKey)
            throw Check.Mismatch("input", input.Name, "key type of known cardinality", input.TypeText());
        bool isVariable = input.Kind == SchemaShape.Column.VectorKind.VariableVector && !Transformer.OutputCountVector;
        var annotations = SchemaShape.Empty;
        if (!isVariable && input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values) && values.ItemType is TextDataViewType)
            annotations = annotations.Plus(AnnotationKinds.SlotNames, AnnotationKinds.TextVector);
        if (!isVariable && !Transformer.OutputCountVector)
            annotations = annotations.Plus(AnnotationKinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, 1, 2));
        if (!Transformer.OutputCountVector || input.Kind == SchemaShape.Column.VectorKind.Scalar)
            annotations = annotations.Plus(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance);
        var kind = isVariable ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector;
        return new(name, kind, NumberDataViewType.Single, false, annotations);
    }
}

/// <inheritdoc cref="KeyToVectorMappingEstimator"/>
public sealed class KeyToVectorMappingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "key-to-vector";

    internal KeyToVectorMappingTransformer((string Output, string Input)[] columns, bool outputCountVector)
        : base(columns)
    {
        OutputCountVector = outputCountVector;
    }

    internal bool OutputCountVector { get; }

    internal static KeyToVectorMappingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadPairs(), ctx.Reader.ReadBoolean());
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        if (input.Type.ItemType() is not KeyDataViewType { Count: <= int.MaxValue } key)
            throw Check.Mismatch("input", input.Name, "key type of known cardinality", input.Type.ToString()!);
        return TypeDispatch.Call(key.RawType, new KeyVectorBinder(input, output, (int)key.Count, OutputCountVector));
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        ctx.Writer.Write(OutputCountVector);
    }
}
